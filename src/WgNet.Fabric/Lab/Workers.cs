using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace WgNet.Fabric;

/// <summary>A few threads that share out work which mostly waits for daemons. The caller's thread waits, and tells how far it is.</summary>
internal static class Workers
{
    private static readonly TimeSpan s_beat = TimeSpan.FromMilliseconds(50);

    /// <summary>Enough that the processors have work while others wait for a daemon to start.</summary>
    public static int Usual => 2 * Environment.ProcessorCount;

    /// <summary>Does the work on each item. The first failure is thrown once all threads have ended; no further items are begun then.</summary>
    /// <param name="items">What to work on.</param>
    /// <param name="work">What to do; called on any of the threads.</param>
    /// <param name="told">Called on the caller's thread with the number of items done.</param>
    /// <param name="cancel">Begins no further items.</param>
    public static void Run<T>(IReadOnlyCollection<T> items, Action<T> work, Action<int>? told = null, CancellationToken cancel = default)
    {
        if (items.Count == 0)
            return;
        var queue = new ConcurrentQueue<T>(items);
        Exception? failure = null;
        int done = 0;
        using var ended = new CountdownEvent(Math.Min(Usual, items.Count));
        for (int i = ended.InitialCount; i > 0; i--)
        {
            var thread = new Thread(
                () =>
                {
                    try
                    {
                        while (Volatile.Read(ref failure) is null && !cancel.IsCancellationRequested && queue.TryDequeue(out T? item))
                        {
                            work(item);
                            Interlocked.Increment(ref done);
                        }
                    }
                    catch (Exception caught)
                    {
                        Interlocked.CompareExchange(ref failure, caught, null);
                    }
                    finally
                    {
                        ended.Signal();
                    }
                },
                maxStackSize: 1024 * 1024)
            {
                IsBackground = true,
                Name = "fabric",
            };
            thread.Start();
        }

        // Also when cancelled: what is begun is waited for.
        while (!ended.Wait(s_beat, CancellationToken.None))
            told?.Invoke(Volatile.Read(ref done));
        if (failure is not null)
            ExceptionDispatchInfo.Throw(failure);
        cancel.ThrowIfCancellationRequested();
    }
}
