using System.Runtime.ExceptionServices;
using WgNet.Native;

namespace WgNet.Netlink;

/// <summary>
/// One thread that goes into namespaces for whoever opens a socket there, and comes back: for a thousand namespaces a thousand threads
/// would be made otherwise. setns(2) changes one thread only, so it is nobody else's; without work it ends by itself.
/// </summary>
internal static class NamespaceThread
{
    private static readonly TimeSpan s_idle = TimeSpan.FromSeconds(1);
    private static readonly object s_gate = new();
    private static bool s_running;
    private static bool s_busy;
    private static Job? s_job;

    /// <summary>
    /// Runs short work inside a namespace, one piece at a time; in the calling thread's own namespace right here. What it throws is thrown here.
    /// </summary>
    public static T Run<T>(NetNamespaceHandle ns, Func<T> work)
    {
        if (ns.Identity == NamespaceIdentity.OfCurrentThread())
            return work();
        T result = default!;
        var job = new Job(ns, () => result = work());
        lock (s_gate)
        {
            while (s_busy)
                Monitor.Wait(s_gate);
            s_busy = true;
            try
            {
                if (!s_running)
                    Start();
                s_job = job;
                Monitor.PulseAll(s_gate);
                while (!job.Done)
                    Monitor.Wait(s_gate);
            }
            finally
            {
                s_busy = false;
                Monitor.PulseAll(s_gate);
            }
        }

        job.Failure?.Throw();
        return result;
    }

    private static void Start()
    {
        new Thread(Loop, maxStackSize: 256 * 1024) { IsBackground = true, Name = "netns" }.Start();
        s_running = true;
    }

    private static void Loop()
    {
        // The process's own namespace, not that of whoever made this thread: it must keep no other alive.
        int home = LibCalls.Open("/proc/self/ns/net");
        while (Next() is { } job)
        {
            job.Run();
            bool back = home >= 0 && LibCalls.EnterNetworkNamespace(home) == 0;
            lock (s_gate)
            {
                // Where it may not go back, it ends, and with it its hold on the namespace.
                s_running = back;
                job.Done = true;
                Monitor.PulseAll(s_gate);
            }

            if (!back)
                break;
        }

        if (home >= 0)
            LibCalls.Close(home);
    }

    private static Job? Next()
    {
        lock (s_gate)
        {
            while (s_job is null)
            {
                if (!Monitor.Wait(s_gate, s_idle) && s_job is null)
                {
                    s_running = false;
                    return null;
                }
            }

            Job job = s_job;
            s_job = null;
            return job;
        }
    }

    private sealed class Job(NetNamespaceHandle ns, Action work)
    {
        public bool Done { get; set; }

        public ExceptionDispatchInfo? Failure { get; private set; }

        public void Run()
        {
            try
            {
                ns.EnterOnThisThread();
                work();
            }
            catch (Exception caught)
            {
                Failure = ExceptionDispatchInfo.Capture(caught);
            }
        }
    }
}
