using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace WgNet.Bench;

/// <summary>The decoders under BenchmarkDotNet, whose memory diagnoser counts what a message allocates.</summary>
internal static class DecoderWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        // In this process: a project generated and built elsewhere would not find the repository's settings.
        Job job = (stage.Quick ? Job.Dry : Job.ShortRun).WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false));
        ManualConfig config = ManualConfig.CreateEmpty().AddJob(job).AddDiagnoser(MemoryDiagnoser.Default).AddColumnProvider(DefaultColumnProviders.Instance)
            .WithArtifactsPath(Path.Combine(stage.Folder, "artifacts")).WithOptions(ConfigOptions.DisableLogFile | ConfigOptions.DisableOptimizationsValidator);
        Summary summary = BenchmarkRunner.Run<DecoderBenchmarks>(config);
        if (summary.HasCriticalValidationErrors || summary.Reports.Any(report => !report.Success))
            throw new BenchException("BenchmarkDotNet failed: " + string.Join(", ", summary.ValidationErrors.Select(error => error.Message)));
        foreach (BenchmarkReport report in summary.Reports)
        {
            string name = report.BenchmarkCase.Descriptor.WorkloadMethod.Name;
            long operations = report.GcStats.TotalOperations;
            int items = (int)report.BenchmarkCase.Descriptor.WorkloadMethod.Invoke(new DecoderBenchmarks(), null)!;
            double? allocated = report.GcStats.GetTotalAllocatedBytes(true) / (double)operations / items;
            double nanoseconds = report.ResultStatistics?.Mean ?? double.NaN;
            runner.Run("Decoders", new Figure($"{name} into structs, one", "ns", () => nanoseconds / items) { Rounds = 1 });
            runner.Run("Decoders", new Figure($"{name} into structs, allocated for one", "B", () => stage.Quick ? 0 : allocated ?? double.NaN, 0.5) { Rounds = 1 });
        }
    }
}
