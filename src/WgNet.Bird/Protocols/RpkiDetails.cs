namespace WgNet.Bird;

/// <summary>Reads what an RPKI protocol says of its cache server.</summary>
internal static class RpkiDetails
{
    /// <summary>Null where the details are not an RPKI protocol's, or of one that is down.</summary>
    public static BirdRpkiCache? Of(DetailTable details) => details["Cache server"] is not { } server ? null : new BirdRpkiCache
    {
        Server = server,
        Port = Detail.Number(details["Cache port"]),
        State = details["Status"],
        Transport = details["Transport"],
        ProtocolVersion = Detail.Number(details["Protocol version"]),
        SessionId = Detail.Number(details["Session ID"]),
        SerialNumber = Detail.Unsigned(details["Serial number"]),
        LastUpdateAge = Age(details["Last update"]),
        RefreshInterval = Detail.Timer(details["Refresh timer"], total: true),
        RefreshRemaining = Detail.Timer(details["Refresh timer"], total: false),
        RetryInterval = Detail.Timer(details["Retry timer"], total: true),
        RetryRemaining = Detail.Timer(details["Retry timer"], total: false),
        ExpireInterval = Detail.Timer(details["Expire timer"], total: true),
        ExpireRemaining = Detail.Timer(details["Expire timer"], total: false),
    };

    // "before 12.345 s"; "---" before the first.
    private static TimeSpan? Age(string? text) =>
        text?.Split(' ') is ["before", var seconds, "s"] ? Detail.Seconds(seconds) : null;
}
