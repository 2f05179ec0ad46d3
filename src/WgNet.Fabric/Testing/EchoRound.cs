using System.Diagnostics;
using System.Net;

namespace WgNet.Fabric;

/// <summary>Asks many addresses along many flows at once, three times at most.</summary>
internal static class EchoRound
{
    private const int Tries = 3;
    private static readonly TimeSpan s_wait = TimeSpan.FromMilliseconds(700);

    /// <summary>Sends a request along every flow, and waits for the replies.</summary>
    /// <param name="flows">The flows' origins, and where each of their requests goes.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <returns>How many requests were answered, and the shortest time there and back.</returns>
    public static (int Answered, TimeSpan? RoundTrip) Ask(IReadOnlyList<(EchoFlow Flow, IPAddress[] Targets)> flows, CancellationToken cancel)
    {
        var states = flows.Select(flow => new State(flow.Flow, flow.Targets)).ToList();
        for (int attempt = 0; attempt < Tries && states.Exists(state => state.Left > 0); attempt++)
        {
            states.ForEach(state => state.Send());
            long start = Stopwatch.GetTimestamp();
            foreach (State state in states)
            {
                while (state.Left > 0 && s_wait - Stopwatch.GetElapsedTime(start) is { Ticks: > 0 } left)
                {
                    cancel.ThrowIfCancellationRequested();
                    state.Collect(left);
                }
            }
        }

        return (states.Sum(state => state.Targets - state.Left), states.Min(state => state.RoundTrip));
    }

    private sealed class State(EchoFlow flow, IPAddress[] targets)
    {
        private static readonly TimeSpan s_slice = TimeSpan.FromMilliseconds(100);
        private readonly bool[] _answered = new bool[targets.Length];
        private readonly long[] _sentAt = new long[targets.Length];

        public int Targets => targets.Length;

        public int Left { get; private set; } = targets.Length;

        public TimeSpan? RoundTrip { get; private set; }

        public void Send()
        {
            for (int i = 0; i < targets.Length; i++)
            {
                if (_answered[i])
                    continue;
                _sentAt[i] = Stopwatch.GetTimestamp();
                flow.Send(targets[i], (ushort)i);
            }
        }

        public void Collect(TimeSpan limit)
        {
            flow.Wait(limit < s_slice ? limit : s_slice);
            while (flow.TryReceive(out ushort index))
            {
                if (index >= targets.Length || _answered[index])
                    continue;
                _answered[index] = true;
                Left--;
                TimeSpan time = Stopwatch.GetElapsedTime(_sentAt[index]);
                if (RoundTrip is null || time < RoundTrip)
                    RoundTrip = time;
            }
        }
    }
}
