namespace WgNet.Fabric;

/// <summary>Reads how routes spread. Times are whole seconds, BFD's interval milliseconds, within what BIRD takes.</summary>
internal static class RoutingReader
{
    private const long LongestSeconds = 65_535;

    public static WgFabricRouting Read(MapReader fabric)
    {
        var usual = new WgFabricRouting();
        if (fabric.Map("Routing", FileKeys.Routing) is not { } map)
            return usual;
        var routing = new WgFabricRouting
        {
            HoldTime = HoldTime(map) ?? usual.HoldTime,
            ConnectDelay = Seconds(map, "ConnectDelay", 0) ?? usual.ConnectDelay,
            ConnectRetry = Seconds(map, "ConnectRetry", 1) ?? usual.ConnectRetry,
            ErrorWaitShortest = Seconds(map, "ErrorWaitShortest", 1) ?? usual.ErrorWaitShortest,
            ErrorWaitLongest = Seconds(map, "ErrorWaitLongest", 1) ?? usual.ErrorWaitLongest,
            Preference = (int?)map.Number("Preference", 1, 65_535) ?? usual.Preference,
            Bfd = map.Flag("Bfd") ?? usual.Bfd,
            BfdInterval = map.Number("BfdInterval", 10, 60_000, " (milliseconds)") is { } interval ? TimeSpan.FromMilliseconds(interval) : usual.BfdInterval,
            BfdMultiplier = (int?)map.Number("BfdMultiplier", 1, 255) ?? usual.BfdMultiplier,
            Inside = map.Choice<WgFabricInside>("Inside") ?? usual.Inside,
            OspfHello = Seconds(map, "OspfHello", 1) ?? usual.OspfHello,
            OspfDead = Seconds(map, "OspfDead", 2) ?? usual.OspfDead,
            OspfWait = Seconds(map, "OspfWait", 2) ?? usual.OspfWait,
            OspfArea = (uint?)map.Number("OspfArea", 0, uint.MaxValue) ?? usual.OspfArea,
        };
        Compare(map, "ErrorWaitLongest", "ErrorWaitShortest", routing.ErrorWaitLongest >= routing.ErrorWaitShortest,
            $"The longest wait after an error, {routing.ErrorWaitLongest.TotalSeconds} s, is shorter than the shortest, {routing.ErrorWaitShortest.TotalSeconds} s.");
        Compare(map, "OspfDead", "OspfHello", routing.OspfDead > routing.OspfHello,
            $"A neighbour counts as gone after {routing.OspfDead.TotalSeconds} s, but greets only every {routing.OspfHello.TotalSeconds} s. Make OspfDead at least twice OspfHello.");
        return routing;
    }

    private static void Compare(MapReader map, string key, string other, bool good, string message)
    {
        if (!good)
            map.Problems.Add(map.At(map.Has(key) ? key : other), "FabricInvalidTimer", message);
    }

    // RFC 4271: 0 (no keepalives at all) or at least 3 s.
    private static TimeSpan? HoldTime(MapReader map)
    {
        if (map.Number("HoldTime", 0, LongestSeconds, " (seconds)") is not { } seconds)
            return null;
        if (seconds is not (1 or 2))
            return TimeSpan.FromSeconds(seconds);
        map.Problems.Add(map.At("HoldTime"), "FabricInvalidTimer", $"BGP has no hold time of {seconds} s. Give 3 or more; for faster detection there is Bfd.");
        return null;
    }

    private static TimeSpan? Seconds(MapReader map, string key, long least) =>
        map.Number(key, least, LongestSeconds, " (seconds)") is { } seconds ? TimeSpan.FromSeconds(seconds) : null;
}
