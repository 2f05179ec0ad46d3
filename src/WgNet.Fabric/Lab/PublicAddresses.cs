using System.Net;
using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>
/// The addresses of the gateways' public sides in a lab: the endpoint that the file gives where that is an address, and for whatever it does
/// not give (a host name, no endpoint, the other family) one of the lab's own, made of the gateway's number.
/// </summary>
internal sealed class PublicAddresses
{
    private readonly Dictionary<string, (IPAddress IPv4, IPAddress IPv6)> _addresses = new(StringComparer.Ordinal);

    public PublicAddresses(WgFabric fabric)
    {
        var taken = new HashSet<IPAddress>();
        foreach (WgFabricGateway gateway in fabric.Gateways)
        {
            // Two gateways behind one address cannot stand on one link: the second gets another.
            IPAddress? given = IPAddress.TryParse(gateway.Endpoint, out IPAddress? address) && taken.Add(address) ? address : null;
            _addresses[gateway.Name] = given?.AddressFamily switch
            {
                AddressFamily.InterNetwork => (given, OwnIPv6(gateway)),
                AddressFamily.InterNetworkV6 => (OwnIPv4(gateway), given),
                _ => (OwnIPv4(gateway), OwnIPv6(gateway)),
            };
        }
    }

    /// <summary>Both addresses of a gateway.</summary>
    public IPAddress[] Of(WgFabricGateway gateway) => [_addresses[gateway.Name].IPv6, _addresses[gateway.Name].IPv4];

    /// <summary>Where the others reach it in the lab; null where they cannot in the fabric either.</summary>
    public string? Endpoint(WgFabricGateway gateway)
    {
        if (gateway.Endpoint is null)
            return null;
        (IPAddress ipv4, IPAddress ipv6) = _addresses[gateway.Name];
        return IPAddress.TryParse(gateway.Endpoint, out IPAddress? given) && given.AddressFamily == AddressFamily.InterNetwork ? ipv4.ToString() : ipv6.ToString();
    }

    // 100.64.0.0/10 is what carriers number their own side with (RFC 6598): no endpoint of a file has it.
    private static IPAddress OwnIPv4(WgFabricGateway gateway) => new([100, 64, (byte)(gateway.Number >> 8), (byte)gateway.Number]);

    // A unique local prefix (RFC 4193) of the lab's.
    private static IPAddress OwnIPv6(WgFabricGateway gateway) => IPAddress.Parse(FormattableString.Invariant($"fdc6:a1ab:0:1::{gateway.Number:x}"));
}
