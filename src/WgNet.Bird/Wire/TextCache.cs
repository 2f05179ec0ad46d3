using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace WgNet.Bird;

/// <summary>
/// Gives the same object for the same bytes: a table of a million routes names few protocols, interfaces and next hops.
/// Bounded, so that bytes that never repeat do not grow it: a full one begins anew, since what comes next is like what came
/// last.
/// </summary>
internal sealed class TextCache<T>(Func<string, T> make)
    where T : class
{
    private const int Most = 4096;

    private readonly Dictionary<byte[], T> _known = new(ByteComparer.Instance);

    private byte[] _lastBytes = [];
    private T? _last;

    public T Get(ReadOnlySpan<byte> bytes)
    {
        if (Find(bytes) is { } known)
            return known;
        T made = make(Encoding.UTF8.GetString(bytes));
        Add(bytes, made);
        return made;
    }

    /// <summary>What is known under these bytes; neighbouring lines are often alike, so the last one is looked at first.</summary>
    public T? Find(ReadOnlySpan<byte> bytes)
    {
        if (_last is not null && bytes.SequenceEqual(_lastBytes))
            return _last;
        if (!_known.GetAlternateLookup<ReadOnlySpan<byte>>().TryGetValue(bytes, out byte[]? key, out T? known))
            return null;
        (_lastBytes, _last) = (key, known);
        return known;
    }

    public void Add(ReadOnlySpan<byte> bytes, T made)
    {
        if (_known.Count >= Most)
            _known.Clear();
        byte[] key = bytes.ToArray();
        _known[key] = made;
        (_lastBytes, _last) = (key, made);
    }

    /// <summary>Forgets everything.</summary>
    public void Clear()
    {
        _known.Clear();
        (_lastBytes, _last) = ([], null);
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
