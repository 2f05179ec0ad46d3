namespace WgNet.Netlink;

/// <summary>Routing tables by name and number (include/uapi/linux/rtnetlink.h, RT_TABLE_*; /etc/iproute2/rt_tables).</summary>
public static class RouteTables
{
    public const uint Main = 254;
    public const uint Local = 255;

    private static readonly Lazy<NumberNames> s_names = new(() => new NumberNames(
        new Dictionary<uint, string> { [253] = "default", [Main] = "main", [Local] = "local" },
        "rt_tables",
        NumberNames.Folders));

    /// <summary>The names there are, for completion.</summary>
    public static IEnumerable<string> Names => s_names.Value.All.Where(name => name != "unspec");

    /// <summary>"main" for 254; the number where there is no name.</summary>
    public static string NameOf(uint table) => s_names.Value.Of(table);

    /// <summary>The number of a table. Fault "InvalidRouteTable".</summary>
    public static uint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return s_names.Value.Parse(text) is uint table and > 0
            ? table
            : throw new FaultException("InvalidRouteTable", FaultKind.InvalidArgument,
                $"'{text}' is neither the number of a routing table (1 to {uint.MaxValue}) nor a name: {string.Join(", ", Names)}.", text);
    }
}
