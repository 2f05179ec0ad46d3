using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>Counts system calls with strace(1), in runs that nobody times.</summary>
internal static class SystemCalls
{
    /// <summary>Those of a program and of what it starts; null where strace cannot look.</summary>
    public static long? Of(string folder, CancellationToken stop, params string[] command)
    {
        string log = Path.Combine(folder, "calls");
        try
        {
            Programs.Run(stop, "strace", ["-f", "-c", "-U", "calls,name", "-o", log, .. command]);
            return Total(log);
        }
        catch (BenchException)
        {
            return null;
        }
    }

    /// <summary>Those of all threads of a running process, while it does some work; null where strace cannot look.</summary>
    public static long? During(int pid, string folder, Action work, CancellationToken stop)
    {
        string log = Path.Combine(folder, "calls");
        var start = new ProcessStartInfo("strace", ["-f", "-c", "-U", "calls,name", "-o", log, "-p", pid.ToString(CultureInfo.InvariantCulture)]) { RedirectStandardError = true };
        using Process strace = Process.Start(start) ?? throw new BenchException("Cannot start strace.");

        // It says "Process N attached" when it counts, and ends without a word of that where it may not.
        bool counts = strace.StandardError.ReadLine()?.Contains(" attached", StringComparison.Ordinal) == true;
        Task<string> rest = strace.StandardError.ReadToEndAsync(CancellationToken.None);
        try
        {
            work();
        }
        finally
        {
            if (!strace.HasExited)
                Programs.Run(default, "kill", "-INT", strace.Id.ToString(CultureInfo.InvariantCulture));
            strace.WaitForExit();
        }

        stop.ThrowIfCancellationRequested();
        rest.GetAwaiter().GetResult();
        return counts ? Total(log) : null;
    }

    // "      305 total" at the end of the table.
    private static long? Total(string log)
    {
        foreach (string line in File.ReadLines(log))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (words is [var count, "total"])
                return long.Parse(count, CultureInfo.InvariantCulture);
        }

        return null;
    }
}
