using WgNet.Bird;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>The BIRD of a gateway's private namespace as it is.</summary>
internal sealed class BirdState
{
    private static readonly TimeSpan s_timeLimit = TimeSpan.FromSeconds(10);

    public required IBirdSupervisor Supervisor { get; init; }

    /// <summary>The text of its configuration file; null: there is none.</summary>
    public string? Configuration { get; private init; }

    /// <summary>The text of its unit; null: there is none, or nothing to have one for.</summary>
    public string? Unit { get; private init; }

    /// <summary>Its process; null: it does not run.</summary>
    public int? ProcessId { get; private init; }

    /// <summary>The namespace that it lives in.</summary>
    public NamespaceIdentity? Location { get; private init; }

    /// <summary>It runs, but its control socket does not answer.</summary>
    public bool IsDeaf { get; private init; }

    /// <summary>Which configuration it runs; null: none of ours.</summary>
    public string? Revision { get; private init; }

    /// <summary>What it runs, by name.</summary>
    public IReadOnlyDictionary<string, BirdProtocol> Protocols { get; private init; } = new Dictionary<string, BirdProtocol>(StringComparer.Ordinal);

    /// <summary>Reads it. Faults: "BirdConfigNotOurs", "BirdUnitNotOurs", "BirdNotOurs", and "BirdTimeout" where it hangs.</summary>
    public static BirdState Read(GatewayPlan plan, CancellationToken cancel)
    {
        GatewayPlace place = plan.Place;
        BirdDaemon daemon = BirdDaemon.Of(place);
        IBirdSupervisor supervisor = SupervisorOf(plan, daemon);
        string? configuration = ReadConfiguration(place.BirdConfigPath);
        var idle = new BirdState { Supervisor = supervisor, Configuration = configuration, Unit = supervisor.Unit?.Read() };
        try
        {
            using BirdClient client = Open(place, cancel);
            string? revision = client.Revision();
            int pid = BirdProcess.Search(daemon) ?? throw new FaultException("BirdNotOurs", FaultKind.Exists,
                $"A BIRD that was started otherwise listens on '{place.ControlSocket}'. It is left as it is: end it, or give the fabric another run folder.", place.ControlSocket);
            return new BirdState
            {
                Supervisor = supervisor,
                Configuration = configuration,
                Unit = idle.Unit,
                ProcessId = pid,
                Location = NamespaceIdentity.OfProcess(pid),
                Revision = revision,
                Protocols = client.Protocols().ToDictionary(protocol => protocol.Name, StringComparer.Ordinal),
            };
        }
        catch (FaultException fault) when (fault.Id is "BirdSocketNotFound" or "BirdConnectionRefused")
        {
            return BirdProcess.Find(daemon) is not { } pid ? idle
                : new BirdState { Supervisor = supervisor, Configuration = configuration, Unit = idle.Unit, ProcessId = pid, IsDeaf = true };
        }
    }

    public static BirdClient Open(GatewayPlace place, CancellationToken cancel) => new(place.ControlSocket, s_timeLimit, cancel);

    private static IBirdSupervisor SupervisorOf(GatewayPlan plan, BirdDaemon daemon) => plan.Place.HasServiceManager && ServiceBird.IsHere
        ? new ServiceBird(daemon, new BirdUnitFile(daemon, plan.Fabric.Name, OwnBird.Locate(daemon.Program), ServiceBird.UnitFolder))
        : new OwnBird(daemon);

    private static string? ReadConfiguration(string path)
    {
        try
        {
            string? text = File.Exists(path) ? File.ReadAllText(path) : null;
            return text is null || text.StartsWith(BirdConfigurationFile.Mark, StringComparison.Ordinal) ? text : throw new FaultException("BirdConfigNotOurs", FaultKind.Exists,
                $"'{path}' was not written by WgNet, and is left as it is. Move it into the folder of the operator's own files, which WgNet's configuration includes.", path);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            throw new FaultException("BirdConfigNotRead", FaultKind.PermissionDenied, $"Cannot read '{path}': {caught.Message}", path, caught);
        }
    }
}
