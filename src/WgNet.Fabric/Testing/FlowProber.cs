using System.Diagnostics;
using System.Net;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>A flow that is watched: echo requests from one address to another.</summary>
/// <param name="Namespace">Where it starts.</param>
/// <param name="From">The site that it starts from.</param>
/// <param name="To">The site that answers.</param>
/// <param name="Source">The address that it starts from.</param>
/// <param name="Target">The address that answers.</param>
internal sealed record ProbeFlow(string Namespace, string From, string To, IPAddress Source, IPAddress Target);

/// <summary>
/// Sends an echo request along each of many flows every 20 ms, and notes which are answered, until disposed. One thread serves all flows: it
/// wakes at each beat, takes what has arrived, and sends the next round.
/// </summary>
internal sealed class FlowProber : IDisposable
{
    private readonly Probe[] _probes;
    private readonly List<long> _beats = new(4096);
    private readonly ManualResetEventSlim _stop = new();
    private readonly Lock _lock = new();
    private readonly Thread _thread;

    public FlowProber(IReadOnlyList<ProbeFlow> flows)
    {
        var probes = new List<Probe>(flows.Count);
        try
        {
            foreach (IGrouping<string, ProbeFlow> origin in flows.GroupBy(flow => flow.Namespace, StringComparer.Ordinal))
            {
                using NetNamespaceHandle ns = NetNamespaceHandle.Open(origin.Key);
                probes.AddRange(ns.Run(() => origin.Select(flow => new Probe(flow, new EchoFlow(ns, flow.Source))).ToList()));
            }
        }
        catch
        {
            probes.ForEach(probe => probe.Echo.Dispose());
            throw;
        }

        _probes = [.. probes];
        _thread = new Thread(Run, 256 * 1024) { IsBackground = true, Name = "flow prober" };
        _thread.Start();
    }

    /// <summary>The time between two requests of a flow.</summary>
    public static TimeSpan Interval { get; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How long a reply may take; what was sent later than this before a look does not count in it yet.</summary>
    private static TimeSpan Grace { get; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Whether every flow was answered all this time, up to just now.</summary>
    public bool IsCalm(TimeSpan time)
    {
        lock (_lock)
        {
            long now = Stopwatch.GetTimestamp();
            int last = LastBefore(now - Ticks(Grace)), first = LastBefore(now - Ticks(Grace + time));
            return first >= 0 && last > first && Array.TrueForAll(_probes, probe => probe.LastLost(first, last) < 0);
        }
    }

    /// <summary>What each flow lost between two moments (<see cref="Stopwatch.GetTimestamp"/>).</summary>
    public IReadOnlyList<FlowLoss> Losses(long start, long end)
    {
        lock (_lock)
        {
            int first = LastBefore(start) + 1, last = LastBefore(Math.Min(end, Stopwatch.GetTimestamp() - Ticks(Grace)));
            return [.. _probes.Select(probe => Loss(probe, start, first, last))];
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        foreach (Probe probe in _probes)
            probe.Echo.Dispose();
        _stop.Dispose();
    }

    private FlowLoss Loss(Probe probe, long start, int first, int last)
    {
        int lost = probe.LastLost(first, last);
        if (lost < 0)
            return new FlowLoss(probe.Flow, TimeSpan.Zero, Lasts: false);

        return new FlowLoss(probe.Flow, Stopwatch.GetElapsedTime(start, _beats[lost]) + Interval, Lasts: lost == last);
    }

    private int LastBefore(long moment)
    {
        int found = _beats.BinarySearch(moment);
        return found >= 0 ? found : ~found - 1;
    }

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    private void Run()
    {
        long next = Stopwatch.GetTimestamp();
        do
        {
            lock (_lock)
                Beat();
            long now = Stopwatch.GetTimestamp();
            next += Ticks(Interval);

            // A machine that is too busy misses beats; it does not make up for them.
            if (next < now)
                next = now;
        }
        while (!_stop.Wait(Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), next) is { Ticks: > 0 } pause ? pause : TimeSpan.Zero));
    }

    private void Beat()
    {
        foreach (Probe probe in _probes)
            probe.Receive();
        int beat = _beats.Count;
        _beats.Add(Stopwatch.GetTimestamp());
        foreach (Probe probe in _probes)
            probe.Send(beat);
    }

    private sealed class Probe(ProbeFlow flow, EchoFlow echo)
    {
        private readonly List<bool> _answered = new(4096);

        public ProbeFlow Flow => flow;

        public EchoFlow Echo => echo;

        public void Send(int beat)
        {
            _answered.Add(false);
            echo.Send(flow.Target, (ushort)beat);
        }

        public void Receive()
        {
            while (echo.TryReceive(out ushort sequence))
            {
                // The sequence number is the beat's lower 16 bits; a reply is younger than 65536 beats, 22 minutes.
                int beat = _answered.Count - 1 - (ushort)((ushort)(_answered.Count - 1) - sequence);
                if (beat >= 0)
                    _answered[beat] = true;
            }
        }

        /// <summary>The last beat of a loss: of two beats in a row at least, since a single request may fall to a full queue. -1: there is none.</summary>
        public int LastLost(int first, int last)
        {
            for (int beat = last; beat > first; beat--)
            {
                if (!_answered[beat] && !_answered[beat - 1])
                    return beat;
            }

            return -1;
        }
    }
}

/// <summary>What a flow lost.</summary>
/// <param name="Flow">Which one.</param>
/// <param name="Outage">From the beginning to the last request that was not answered; zero where it lost nothing but single requests.</param>
/// <param name="Lasts">It was not over yet.</param>
internal readonly record struct FlowLoss(ProbeFlow Flow, TimeSpan Outage, bool Lasts);
