namespace WgNet.Bird;

/// <summary>The reply codes that this product acts upon (BIRD: doc/reply_codes).</summary>
internal static class ReplyCode
{
    public const int Welcome = 1;
    public const int ReadingConfiguration = 2;
    public const int ReconfigurationDone = 3;
    public const int ReconfigurationInProgress = 4;
    public const int ReconfigurationQueued = 5;
    public const int ShuttingDown = 6;
    public const int AlreadyDisabled = 8;
    public const int StatusReport = 13;
    public const int RouteCount = 14;
    public const int QueueRemoved = 17;
    public const int Confirmed = 18;
    public const int NothingToDo = 19;
    public const int ConfigurationOk = 20;
    public const int UndoRequested = 21;
    public const int UndoScheduled = 22;

    public const int Version = 1000;
    public const int Interface = 1001;
    public const int Protocol = 1002;
    public const int ProtocolHeading = 2002;
    public const int InterfaceAddress = 1003;
    public const int InterfaceFlags = 1004;
    public const int ProtocolDetails = 1006;
    public const int Symbol = 1010;
    public const int Uptime = 1011;
    public const int OspfNeighbor = 1013;
    public const int OspfTopology = 1016;
    public const int Memory = 1018;
    public const int BfdSession = 1020;

    public const int RouteNotFound = 8001;
    public const int ConfigurationError = 8002;
    public const int NoProtocolsMatch = 8003;
    public const int Reconfigured = 8004;
    public const int ProtocolDown = 8005;
    public const int ReloadFailed = 8006;
    public const int AccessDenied = 8007;
    public const int EvaluationError = 8008;
    public const int ParseError = 9001;

    /// <summary>Whether a reply that ends with this code has failed.</summary>
    public static bool IsRefusal(int code) => code >= 8000;
}
