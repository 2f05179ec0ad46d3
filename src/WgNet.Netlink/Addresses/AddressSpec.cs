using System.Net;

namespace WgNet.Netlink;

/// <summary>An address to give to a link, or to take from it.</summary>
/// <param name="Address">The link's own address.</param>
/// <param name="PrefixLength">Bits; where there is a peer, of the peer's prefix.</param>
public sealed record AddressSpec(IPAddress Address, int PrefixLength)
{
    /// <summary>The other end of a point-to-point address.</summary>
    public IPAddress? Peer { get; init; }

    public NetLinkAddressScope Scope { get; init; }

    /// <summary><see cref="NetLinkAddressFlags.NoDad"/>, <see cref="NetLinkAddressFlags.NoPrefixRoute"/>, …</summary>
    public NetLinkAddressFlags Flags { get; init; }

    public override string ToString() => $"{Address}/{PrefixLength}";

    /// <summary>Reads "10.0.0.1/24"; without a length, a single address. Fault "InvalidAddress".</summary>
    public static AddressSpec Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        string host = slash < 0 ? text : text[..slash];

        // IPAddress takes "1" and "10.1" for IPv4 addresses; nobody here means that.
        bool valid = IPAddress.TryParse(host, out IPAddress? address) && !host.Contains('%')
            && (host.Contains(':') || host.Count(c => c == '.') == 3);
        int length = valid ? address!.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? 32 : 128 : 0;
        if (valid && slash >= 0)
        {
            int maximum = length;
            valid = int.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out length) && length <= maximum;
        }

        return valid
            ? new AddressSpec(address!, length)
            : throw new FaultException("InvalidAddress", FaultKind.InvalidArgument, $"'{text}' is not an IP address with a prefix length, such as 10.0.0.1/24 or 2001:db8::1/64.", text);
    }
}
