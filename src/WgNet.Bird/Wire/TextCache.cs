using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Gives the same object for the same bytes: a table of a million routes names few protocols, interfaces and next hops.
/// Bounded, so that bytes that never repeat do not grow it.
/// </summary>
internal sealed class TextCache<T>(Func<string, T> make)
    where T : class
{
    private const int Most = 4096;

    private readonly Dictionary<byte[], T> _known = new(ByteComparer.Instance);

    public T Get(ReadOnlySpan<byte> bytes)
    {
        Dictionary<byte[], T>.AlternateLookup<ReadOnlySpan<byte>> lookup = _known.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (lookup.TryGetValue(bytes, out T? known))
            return known;
        T made = make(Encoding.UTF8.GetString(bytes));
        if (_known.Count < Most)
            lookup[bytes] = made;
        return made;
    }
}

/// <summary>Compares keys by their bytes, and lets a span stand for one.</summary>
internal sealed class ByteComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
{
    public static readonly ByteComparer Instance = new();

    public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

    public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

    public int GetHashCode([DisallowNull] byte[] obj) => GetHashCode(obj.AsSpan());

    public int GetHashCode(ReadOnlySpan<byte> alternate)
    {
        var hash = default(HashCode);
        hash.AddBytes(alternate);
        return hash.ToHashCode();
    }

    public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
}
