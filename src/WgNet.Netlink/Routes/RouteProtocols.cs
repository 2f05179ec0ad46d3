namespace WgNet.Netlink;

/// <summary>Who installed a route, by name and number (include/uapi/linux/rtnetlink.h, RTPROT_*; /etc/iproute2/rt_protos).</summary>
public static class RouteProtocols
{
    public const byte Boot = 3;
    public const byte Static = 4;
    public const byte Bird = 12;

    private static readonly Lazy<NumberNames> s_names = new(() => new NumberNames(
        new Dictionary<uint, string>
        {
            [0] = "unspec",
            [1] = "redirect",
            [2] = "kernel",
            [Boot] = "boot",
            [Static] = "static",
            [8] = "gated",
            [9] = "ra",
            [10] = "mrt",
            [11] = "zebra",
            [Bird] = "bird",
            [13] = "dnrouted",
            [14] = "xorp",
            [15] = "ntk",
            [16] = "dhcp",
            [17] = "mrouted",
            [18] = "keepalived",
            [42] = "babel",
            [84] = "ovn",
            [99] = "openr",
            [186] = "bgp",
            [187] = "isis",
            [188] = "ospf",
            [189] = "rip",
            [192] = "eigrp",
        },
        "rt_protos",
        NumberNames.Folders));

    /// <summary>The names there are, for completion.</summary>
    public static IEnumerable<string> Names => s_names.Value.All;

    /// <summary>"bird" for 12; the number where there is no name.</summary>
    public static string NameOf(byte protocol) => s_names.Value.Of(protocol);

    /// <summary>The number of a protocol. Fault "InvalidRouteProtocol".</summary>
    public static byte Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return s_names.Value.Parse(text) is uint protocol and <= byte.MaxValue
            ? (byte)protocol
            : throw new FaultException("InvalidRouteProtocol", FaultKind.InvalidArgument,
                $"'{text}' is neither the number of a routing protocol (0 to 255) nor a name, such as bird, static or kernel.", text);
    }
}
