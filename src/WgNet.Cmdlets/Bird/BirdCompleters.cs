using System.Collections;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>Completes from what a BIRD knows; a Tab key waits a second for it at most.</summary>
public abstract class BirdCompleter : MachineCompleter
{
    protected sealed override IEnumerable<string> Candidates(IDictionary bound)
    {
        using var client = new BirdClient(Bound(bound, "ControlSocket") ?? BirdClient.DefaultControlSocket, TimeSpan.FromSeconds(1));
        return [.. Candidates(client)];
    }

    /// <summary>Everything that could stand here, says this daemon.</summary>
    protected abstract IEnumerable<string> Candidates(BirdClient client);
}

/// <summary>Completes names of BIRD's protocols.</summary>
public sealed class BirdProtocolCompleter : BirdCompleter
{
    protected override IEnumerable<string> Candidates(BirdClient client) => client.Protocols().Select(protocol => protocol.Name);
}

/// <summary>Completes names of BIRD's tables.</summary>
public sealed class BirdTableCompleter : BirdCompleter
{
    protected override IEnumerable<string> Candidates(BirdClient client) => client.Tables();
}

/// <summary>Completes names of BIRD's protocols of one kind.</summary>
public abstract class BirdKindCompleter(string kind) : BirdCompleter
{
    protected sealed override IEnumerable<string> Candidates(BirdClient client) => client.Protocols().Where(protocol => protocol.Protocol == kind).Select(protocol => protocol.Name);
}

/// <summary>Completes names of BIRD's OSPF protocols.</summary>
public sealed class BirdOspfCompleter() : BirdKindCompleter("OSPF");

/// <summary>Completes names of BIRD's BFD protocols.</summary>
public sealed class BirdBfdCompleter() : BirdKindCompleter("BFD");

/// <summary>Completes names of BIRD's static protocols.</summary>
public sealed class BirdStaticCompleter() : BirdKindCompleter("Static");

/// <summary>Completes names of BIRD's Babel protocols.</summary>
public sealed class BirdBabelCompleter() : BirdKindCompleter("Babel");

/// <summary>Completes names of BIRD's RIP protocols.</summary>
public sealed class BirdRipCompleter() : BirdKindCompleter("RIP");

/// <summary>Completes the states that a protocol or its session can be in.</summary>
public sealed class BirdStateCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) =>
        ["up", "down", "start", "flush", "Established", "Idle", "Connect", "Active", "OpenSent", "OpenConfirm", "Passive", "Running"];
}

/// <summary>Completes control sockets: files that end in .ctl where distributions and labs put them.</summary>
public sealed class ControlSocketCompleter : MachineCompleter
{
    private static readonly EnumerationOptions s_twoDeep = new() { RecurseSubdirectories = true, MaxRecursionDepth = 2, IgnoreInaccessible = true };

    protected override IEnumerable<string> Candidates(IDictionary bound) =>
        Directory.Exists("/run") ? Directory.EnumerateFiles("/run", "*.ctl", s_twoDeep).Order(StringComparer.Ordinal) : [];
}
