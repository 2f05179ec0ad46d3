using System.Management.Automation;
using WgNet.WireGuard.Tunnels;
using WgNet.WireGuard.Watching;

namespace WgNet.Cmdlets;

/// <summary>
/// Emits what happens to WireGuard tunnels and their peers, until it is stopped: handshakes, sessions that go stale, endpoints that change,
/// peers and tunnels that come and go, tunnels that move to another namespace, go up or down.
/// </summary>
/// <remarks>
/// <para>WireGuard tells nobody of its own accord, so the tunnels are looked at again and again: at first every -Interval, less often while
/// nothing happens, up to eight times that.</para>
/// </remarks>
/// <example>
/// <code>Watch-WgPeer -Namespace private</code>
/// <para>Shows how sessions live in 'private'; Ctrl+C ends it.</para>
/// </example>
/// <example>
/// <code>Watch-WgPeer wg3 -Namespace private | Where-Object Kind -eq EndpointChanged | Select-Object -First 1</code>
/// <para>Waits until the peer of wg3 roams.</para>
/// </example>
[Cmdlet(VerbsCommon.Watch, "WgPeer")]
[OutputType(typeof(WgPeerEvent))]
public sealed class WatchWgPeerCommand : NamespaceReadCmdlet
{
    private const int SlowestFactor = 8;

    // What could not be read, by its text: told once, and again after it could be.
    private readonly HashSet<string> _told = new(StringComparer.Ordinal);
    private HashSet<string> _failing = new(StringComparer.Ordinal);
    private bool _watching;

    /// <summary>Names of tunnels; wildcards allowed. Default: all.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("Name")]
    [ArgumentCompleter(typeof(TunnelNameCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Tunnel { get; set; } = ["*"];

    /// <summary>Only what happens to the peer with this public key, and to its tunnel.</summary>
    [Parameter(Position = 1)]
    [ArgumentCompleter(typeof(PeerKeyCompleter))]
    public WgPublicKey? PublicKey { get; set; }

    /// <summary>Milliseconds between two looks while things happen.</summary>
    [Parameter]
    [ValidateRange(20, 3_600_000)]
    public int Interval { get; set; } = 1000;

    protected override void ProcessRecord()
    {
        var watch = new TunnelWatch();
        double pause = Interval;
        while (true)
        {
            List<WgPeerEvent> events = Look(watch);
            foreach (WgPeerEvent one in events)
            {
                if (PublicKey is null || one.PublicKey is null || one.PublicKey.Equals(PublicKey))
                    WriteObject(one);
            }

            // A first look that read nothing at all has told why, and there is nothing to watch.
            if (!_watching)
                return;
            pause = events.Count > 0 ? Interval : Math.Min(pause * 2, (double)Interval * SlowestFactor);
            StopToken.WaitHandle.WaitOne(TimeSpan.FromMilliseconds(pause));
            if (StopToken.IsCancellationRequested)
                throw new PipelineStoppedException();
        }
    }

    private protected override void Tell(FaultException fault, object? target)
    {
        _failing.Add(fault.Message);
        if (_told.Add(fault.Message))
            base.Tell(fault, target);
    }

    private List<WgPeerEvent> Look(TunnelWatch watch)
    {
        (List<WgTunnel> seen, HashSet<(string, string)> unreadable) = Read();
        if (watch.IsMoving(seen))
            (seen, unreadable) = Read();
        return watch.Look(seen, tunnel => unreadable.Contains((tunnel.Namespace, tunnel.Name)), DateTimeOffset.Now);
    }

    private (List<WgTunnel> Seen, HashSet<(string Namespace, string Name)> Unreadable) Read()
    {
        WildcardPattern[] patterns = [.. Tunnel.Select(name => new WildcardPattern(name))];
        var seen = new List<WgTunnel>();
        var unreadable = new HashSet<(string, string)>();
        _failing = new HashSet<string>(StringComparer.Ordinal);
        ForEachNamespace(ns =>
        {
            _watching = true;
            void Failed(FaultException fault)
            {
                unreadable.Add((ns.Name, fault.Target as string ?? ""));
                Tell(fault, ns.Name);
            }

            seen.AddRange(WgTunnels.List(ns, name => Array.Exists(patterns, pattern => pattern.IsMatch(name)), Failed, StopToken));
        });
        _told.IntersectWith(_failing);
        return (seen, unreadable);
    }
}
