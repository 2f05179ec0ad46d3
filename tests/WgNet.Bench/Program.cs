using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace WgNet.Bench;

/// <summary>The benchmark: build.ps1 Bench starts it with what it built.</summary>
internal static class Program
{
    // A group, how it is chosen with -Filter, and what fills the stage.
    private static readonly (string Name, Action<Stage, Runner> Run)[] s_groups =
    [
        ("Route dumps", RouteDumps.Run),
        ("Route changes", RouteChanges.Run),
        ("Links", LinkWorkloads.Run),
        ("WireGuard", WireGuardWorkloads.Run),
        ("Kernel WireGuard", KernelWireGuardWorkloads.Run),
        ("Import", ImportWorkloads.Run),
        ("Pipeline", PipelineWorkloads.Run),
        ("Events", EventWorkloads.Run),
        ("Growth", GrowthWorkloads.Run),
        ("Fabric", FabricWorkloads.Run),
        ("BIRD", BirdWorkloads.Run),
        ("Remoting", RemotingWorkloads.Run),
        ("Decoders", DecoderWorkloads.Run),
    ];

    public static int Main(string[] arguments)
    {
        if (arguments is ["readme", var readme, var result])
            return Readme.Update(readme, Report.Read(result)) ? 1 : 0;
        var options = Options.Parse(arguments);
        using var stop = new CancellationTokenSource();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Cancel(context, stop));
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Cancel(context, stop));
        string folder = Directory.CreateTempSubdirectory("wgbench-").FullName;
        try
        {
            return Run(options, folder, stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("Stopped; nothing is left behind.");
            return 130;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static int Run(Options options, string folder, CancellationToken stop)
    {
        EngineHost host = EngineHost.Find(options.Shell);
        var results = new Results(DateTimeOffset.UtcNow, options.Quick, Machine.Describe(), Machine.Versions(host));
        var runner = new Runner(results, options.Quick, stop);
        string floor = Programs.BuildFloor(folder);
        bool failed = false;
        using EngineSession? shared = options.Quick ? EngineSession.Start(host, options.Module, folder, stop) : null;
        foreach ((string name, Action<Stage, Runner> run) in s_groups)
        {
            if (!name.Contains(options.Filter, StringComparison.OrdinalIgnoreCase))
                continue;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} {name}"));
            using var stage = new Stage(options.Name, host, options.Module, options.Shell, floor, shared, stop);
            try
            {
                run(stage, runner);
            }
            catch (BenchException caught) when (!stop.IsCancellationRequested)
            {
                Console.Error.WriteLine($"  {caught.Message}");
                results.Skipped.Add($"{name}: {caught.Message}");
                failed = true;
            }
            catch (Exception caught) when (stop.IsCancellationRequested)
            {
                throw new OperationCanceledException(caught.Message, caught, stop);
            }

            // After each group: whoever breaks off has what there is until then.
            if (options.Output.Length > 0)
                Report.Write(results, options.Output);
        }

        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{DateTime.Now:HH:mm:ss} Done"));
        Console.Out.Write(Report.Markdown(results));
        if (options.Output.Length > 0)
        {
            Console.Out.WriteLine($"\nKept as {Report.Write(results, options.Output)} and .json.");
            if (options.ReadmePath.Length > 0)
                Readme.Update(options.ReadmePath, results);
        }

        return failed ? 1 : 0;
    }

    private static void Cancel(PosixSignalContext context, CancellationTokenSource stop)
    {
        context.Cancel = true;
        stop.Cancel();
    }
}

/// <summary>What build.ps1 says.</summary>
/// <param name="Module">The built module's manifest.</param>
/// <param name="Shell">The repository's shell, for machines without pwsh.</param>
/// <param name="Filter">A part of the names of the groups to run; "" for all.</param>
/// <param name="Output">The folder for the result's files; "" for none.</param>
/// <param name="ReadmePath">The README whose table is made from the result; "" for none.</param>
/// <param name="Name">What the benchmark's namespaces begin with.</param>
/// <param name="Quick">Small sizes, one round.</param>
internal sealed record Options(string Module, string Shell, string Filter, string Output, string ReadmePath, string Name, bool Quick)
{
    public static Options Parse(string[] arguments)
    {
        string Value(string name)
        {
            int at = Array.IndexOf(arguments, name);
            return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : "";
        }

        string module = Value("--module"), name = Value("--name");
        return module.Length == 0
            ? throw new BenchException("Start it as ./build.ps1 Bench.")
            : new Options(module, Value("--shell"), Value("--filter"), Value("--output"), Value("--readme"), name.Length > 0 ? name : "wgb-" + RandomNumberGenerator.GetHexString(6, lowercase: true), Array.IndexOf(arguments, "--quick") >= 0);
    }
}
