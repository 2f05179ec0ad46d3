namespace WgNet.Bird;

/// <summary>
/// Looks at a daemon's protocols again and again, and tells what has changed. A daemon that goes away is told of once, looked
/// for at each look, and compared with what it was before when it is back.
/// </summary>
public sealed class ProtocolWatch
{
    private static readonly TimeSpan s_inexact = TimeSpan.FromMilliseconds(50);
    private readonly BirdClient _client;
    private Dictionary<string, BirdProtocol>? _known;
    private bool _gone;

    public ProtocolWatch(BirdClient client)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
    }

    /// <summary>Looks once. The first look has nothing to compare with, and fails as the daemon does.</summary>
    public IReadOnlyList<BirdProtocolChange> Look()
    {
        var changes = new List<BirdProtocolChange>();
        List<BirdProtocol> now;
        try
        {
            now = [.. _client.Protocols()];

            // A daemon that stood still between its two clocks is wrong by that long, once.
            if (_known is not null && now.Exists(protocol => _known.TryGetValue(protocol.Name, out BirdProtocol? old) && State(old) == State(protocol) && IsLater(old, protocol)))
                now = [.. _client.Protocols()];
        }
        catch (FaultException fault) when (_known is not null)
        {
            if (!_gone)
                changes.Add(Change("DaemonGone", null, null, null, fault.Message));
            _gone = true;
            return changes;
        }

        if (_gone)
            changes.Add(Change("DaemonBack", null, null, null, null));
        _gone = false;
        if (_known is not null)
            Compare(_known, now, changes);
        _known = now.ToDictionary(protocol => protocol.Name, StringComparer.Ordinal);
        return changes;
    }

    private void Compare(Dictionary<string, BirdProtocol> before, List<BirdProtocol> now, List<BirdProtocolChange> changes)
    {
        foreach (BirdProtocol protocol in now)
        {
            if (!before.Remove(protocol.Name, out BirdProtocol? old))
                changes.Add(Change("Added", protocol.Name, protocol, null, State(protocol)));
            else if (State(old) != State(protocol) || IsLater(old, protocol))
                changes.Add(Change("Changed", protocol.Name, protocol, State(old), State(protocol)));
        }

        changes.AddRange(before.Values.Select(old => Change("Removed", old.Name, null, State(old), null)));
    }

    // A time of day that has turned into a bare date meanwhile is no change. Nor is a little: BIRD computes the moment anew from two clocks each
    // time that it is asked (tm_format_time, lib/timer.c), which it does not read at once.
    private static bool IsLater(BirdProtocol old, BirdProtocol now) => now.Since - old.Since > s_inexact && now.SincePrecision <= TimeSpan.FromSeconds(1);

    private static string State(BirdProtocol protocol) => protocol.Info.Length == 0 ? protocol.State : $"{protocol.State} ({protocol.Info})";

    private BirdProtocolChange Change(string kind, string? name, BirdProtocol? protocol, string? before, string? after) => new()
    {
        Time = DateTime.Now,
        Name = name,
        Kind = kind,
        Before = before,
        After = after,
        Protocol = protocol,
        ControlSocket = _client.ControlSocket,
    };
}
