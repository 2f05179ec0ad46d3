using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>Programs that the benchmark starts: once for their answer, or measured by the floor program from the outside.</summary>
internal sealed class Programs(string floor, string folder, CancellationToken stop)
{
    /// <summary>The floor program's path.</summary>
    public string Floor { get; } = floor;

    /// <summary>Where the scripts of peers are.</summary>
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "peers");

    /// <summary>Compiles the floor.</summary>
    public static string BuildFloor(string folder)
    {
        string program = Path.Combine(folder, "floor");
        Run(default, "gcc", "-O2", "-o", program, Path.Combine(Folder, "floor.c"));
        return program;
    }

    /// <summary>A side that is a program: its time from start to end, its output dropped, its peak of memory.</summary>
    public Side Side(string name, double? limit, params string[] command) =>
        new(name, () => Measure(command)) { Limit = limit, CountCalls = () => SystemCalls.Of(folder, stop, command) };

    /// <summary>Runs a program with its output dropped.</summary>
    public Sample Measure(params string[] command)
    {
        string[] words = Run(stop, Floor, ["run", .. command]).Split(' ');
        return new Sample(double.Parse(words[0], CultureInfo.InvariantCulture), PeakBytes: long.Parse(words[1], CultureInfo.InvariantCulture) * 1024);
    }

    /// <summary>Runs a program that must succeed; its standard output without the last line feed.</summary>
    [System.Diagnostics.CodeAnalysis.SuppressMessage("Design", "CA1068", Justification = "The arguments are 'params' and come last.")]
    public static string Run(CancellationToken stop, string program, params string[] arguments)
    {
        var start = new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new BenchException($"Cannot start {program}.");
        using CancellationTokenRegistration ending = stop.Register(() => End(process));
        Task<string> errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        stop.ThrowIfCancellationRequested();
        return process.ExitCode == 0
            ? output.TrimEnd('\n')
            : throw new BenchException($"'{program} {string.Join(' ', arguments)}' failed with exit code {process.ExitCode}: {errors.Result.Trim()}");
    }

    private static void End(Process process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
        }
        catch (InvalidOperationException)
        {
            // It has ended by itself.
        }
    }
}
