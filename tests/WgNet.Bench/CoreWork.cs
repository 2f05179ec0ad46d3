using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>The core's own work without the engine.</summary>
internal static class CoreWork
{
    /// <summary>Receives a dump and counts its messages.</summary>
    public static long CountRoutes(string ns)
    {
        using RouteSession session = RouteSession.Open(ns);
        using DumpReader dump = session.Channel.OpenDump(Request(), "count the routes");
        long count = 0;
        while (dump.Next(out _))
            count++;
        return count;
    }

    /// <summary>Receives a dump and reads each message into its structure.</summary>
    public static long DecodeRoutes(string ns)
    {
        using RouteSession session = RouteSession.Open(ns);
        using DumpReader dump = session.Channel.OpenDump(Request(), "read the routes");
        long count = 0;
        while (dump.Next(out Message message))
        {
            if (RouteView.TryRead(in message, out RouteView route) && route.Header.Type == NetLinkRouteType.Unicast)
                count++;
        }

        return count;
    }

    /// <summary>Opens a session in each namespace, and closes it.</summary>
    public static long OpenSessions(string[] namespaces)
    {
        foreach (string ns in namespaces)
            RouteSession.Open(ns).Dispose();
        return namespaces.Length;
    }

    private static byte[] Request()
    {
        var writer = new MessageWriter(stackalloc byte[64]);
        RouteCodec.WriteList(ref writer, RouteConstants.AF_INET, RouteTables.Main, RouteProtocols.Bird, null);
        return writer.Written.ToArray();
    }
}
