using System.Net;
using System.Net.Sockets;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>
/// A prefix that a peer may send from and is sent to: an address with its host bits cleared, as the kernel keeps it, and a prefix length.
/// </summary>
public readonly struct AllowedIP : IEquatable<AllowedIP>
{
    private readonly IPAddress? _address;

    /// <param name="address">IPv4 or IPv6; its host bits are cleared.</param>
    /// <param name="prefixLength">0 to 32, or to 128.</param>
    public AllowedIP(IPAddress address, int prefixLength)
    {
        ArgumentNullException.ThrowIfNull(address);
        int most = Most(address);
        if (prefixLength < 0 || prefixLength > most)
            throw Invalid($"{address}/{prefixLength}", $"has a prefix length that is not from 0 to {most}.");
        _address = Mask(address, prefixLength);
        PrefixLength = prefixLength;
    }

    /// <summary>The network's address.</summary>
    public IPAddress Address => _address ?? IPAddress.Any;

    /// <summary>Bits of the prefix.</summary>
    public int PrefixLength { get; }

    /// <summary>All of IPv4 and all of IPv6: what a route-based tunnel lets through.</summary>
    public static AllowedIP[] Everything => [new(IPAddress.Any, 0), new(IPAddress.IPv6Any, 0)];

    /// <summary>Reads "address/length"; without a length, one address. Fault "InvalidAllowedIP".</summary>
    public static AllowedIP Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out AllowedIP value) is { } wrong ? throw Invalid(text, wrong) : value;
    }

    public override string ToString() => $"{Address}/{PrefixLength}";

    public bool Equals(AllowedIP other) => PrefixLength == other.PrefixLength && Address.Equals(other.Address);

    public override bool Equals(object? obj) => obj is AllowedIP other && Equals(other);

    public override int GetHashCode() => HashCode.Combine(Address, PrefixLength);

    public static bool operator ==(AllowedIP left, AllowedIP right) => left.Equals(right);

    public static bool operator !=(AllowedIP left, AllowedIP right) => !left.Equals(right);

    /// <summary>Null on success, else the sentence that says what is wrong, to follow the value or its line.</summary>
    internal static string? TryParse(ReadOnlySpan<char> text, out AllowedIP value)
    {
        value = default;
        int slash = text.IndexOf('/');
        if (!AddressText.TryParse(slash < 0 ? text : text[..slash], out IPAddress address))
            return "is not an IPv4 or IPv6 address with an optional /length.";
        uint most = (uint)Most(address);
        uint length = most;
        if (slash >= 0 && !AddressText.TryNumber(text[(slash + 1)..], most, out length))
            return $"has a prefix length that is not a number from 0 to {most}.";
        value = new AllowedIP(address, (int)length);
        return null;
    }

    private static int Most(IPAddress address) => address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;

    private static IPAddress Mask(IPAddress address, int length)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int count);
        bytes = bytes[..count];
        bool changed = false;
        for (int i = length / 8; i < count; i++)
        {
            int kept = Math.Max(length - (8 * i), 0);
            byte masked = (byte)(bytes[i] & (0xff00 >> kept));
            changed |= masked != bytes[i];
            bytes[i] = masked;
        }

        // A zone is no part of a prefix either.
        return changed || (count == 16 && address.ScopeId != 0) ? new IPAddress(bytes) : address;
    }

    private static FaultException Invalid(string text, string wrong) =>
        new("InvalidAllowedIP", FaultKind.InvalidArgument, $"The allowed IP '{text}' {wrong}", text);
}
