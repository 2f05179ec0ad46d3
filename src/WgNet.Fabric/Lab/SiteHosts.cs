using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// The hosts of a site that its router stands for in a lab: the first address of each prefix is the router itself, and sixteen more let many
/// flows run at once, told apart by their addresses as the kernels' choice between equal ways does.
/// </summary>
internal static class SiteHosts
{
    private const int Flows = 16;

    /// <summary>Both families, in the order in which tests show them.</summary>
    public static AddressFamily[] Families { get; } = [AddressFamily.InterNetworkV6, AddressFamily.InterNetwork];

    /// <summary>The hosts' offset, for a reader's eyes: ::10 to ::1f, and .16 to .31.</summary>
    private const uint FirstFlow = 16;

    /// <summary>All addresses of a prefix that the router has; none for a default route.</summary>
    public static AddressSpec[] Of(string prefix)
    {
        AddressSpec network = AddressSpec.Parse(prefix);
        if (network.PrefixLength == 0)
            return [];
        return [.. Offsets(network).Select(offset => new AddressSpec(Plus(network.Address, offset), network.PrefixLength) { Flags = NetLinkAddressFlags.NoDad })];
    }

    /// <summary>The addresses of a site's first prefix of a family, the router's own first; none where it has no such prefix.</summary>
    public static IPAddress[] OfFamily(WgFabricSite site, AddressFamily family) => site.Prefixes.Where(prefix => !prefix.EndsWith("/0", StringComparison.Ordinal))
        .Where(prefix => prefix.Contains(':', StringComparison.Ordinal) == (family == AddressFamily.InterNetworkV6))
        .Take(1).SelectMany(Of).Select(address => address.Address).ToArray();

    private static IEnumerable<uint> Offsets(AddressSpec network)
    {
        int bits = (network.Address.AddressFamily == AddressFamily.InterNetwork ? 32 : 128) - network.PrefixLength;

        // A single address, or the two of a /31, have no network address before them.
        if (bits <= 1)
            return bits == 0 ? [0] : [0, 1];
        uint size = bits >= 16 ? 65536 : 1u << bits;
        uint first = size > FirstFlow + Flows ? FirstFlow : 2u;
        return Enumerable.Range(0, Flows).Select(flow => first + (uint)flow).Where(offset => offset < size - 1).Prepend(1u);
    }

    private static IPAddress Plus(IPAddress network, uint offset)
    {
        byte[] bytes = network.GetAddressBytes();
        Span<byte> last = bytes.AsSpan(bytes.Length - 4);
        BinaryPrimitives.WriteUInt32BigEndian(last, BinaryPrimitives.ReadUInt32BigEndian(last) + offset);
        return new IPAddress(bytes);
    }
}
