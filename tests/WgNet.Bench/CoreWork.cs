using System.Net.Sockets;
using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>The core's own work without the engine: in this process for time, in a child for counting its system calls.</summary>
internal static class CoreWork
{
    /// <summary>"routes NAMESPACE count|decode": prints how many there were.</summary>
    public static int Run(string[] work)
    {
        if (work is not ["routes", string ns, "count" or "decode"])
            return 2;
        Console.WriteLine(work[2] == "count" ? CountRoutes(ns) : DecodeRoutes(ns));
        return 0;
    }

    /// <summary>Receives a dump and counts its messages.</summary>
    public static long CountRoutes(string ns)
    {
        using RouteSession session = RouteSession.Open(ns);
        long count = 0;
        session.Channel.Dump<bool>(
            Request(),
            (in Message message, out bool item) =>
            {
                count++;
                return item = false;
            },
            "count the routes");
        return count;
    }

    /// <summary>Receives a dump and decodes it.</summary>
    public static long DecodeRoutes(string ns)
    {
        using RouteSession session = RouteSession.Open(ns);
        return Routes.List(session, new RouteFilter { Family = AddressFamily.InterNetwork, Table = RouteTables.Main, Protocol = RouteProtocols.Bird }).Count;
    }

    private static byte[] Request()
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        RouteCodec.WriteList(ref writer, RouteConstants.AF_INET, RouteTables.Main, RouteProtocols.Bird, null);
        return writer.Written.ToArray();
    }
}
