namespace WgNet.Fabric;

/// <summary>The keys of a fabric file, by what they are keys of. The JSON Schema that ships with the module has the same.</summary>
internal static class FileKeys
{
    public static readonly string[] Fabric =
    [
        "Name", "Sites", "Joins", "TunnelPools", "BasePort", "InterfacePrefix", "Mtu", "PersistentKeepalive", "PresharedKeys", "Namespaces",
        "SiteInterfaces", "Routing",
    ];

    public static readonly string[] Site = ["Name", "Number", "ASNumber", "Prefixes", "Routers", "Gateways"];

    public static readonly string[] Gateway = ["Name", "Number", "Endpoint", "BehindNat", "HostName", "PublicKey"];

    public static readonly string[] Joins = ["Topology", "Hubs", "Pairs", "Excluded"];

    public static readonly string[] Namespaces = ["Public", "Private"];

    public static readonly string[] Routing =
    [
        "HoldTime", "ConnectDelay", "ConnectRetry", "ErrorWaitShortest", "ErrorWaitLongest", "Preference", "Bfd", "BfdInterval", "BfdMultiplier",
        "Inside", "OspfHello", "OspfDead", "OspfWait", "OspfArea",
    ];

    /// <summary>What names the schema in a JSON file; it says nothing about the fabric.</summary>
    public const string Schema = "$schema";
}
