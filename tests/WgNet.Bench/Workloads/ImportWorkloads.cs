namespace WgNet.Bench;

/// <summary>How long a session takes to have the module, and its first cmdlet: each in a fresh process.</summary>
internal static class ImportWorkloads
{
    // Much in a start is luck of the machine.
    private const int Rounds = 5;

    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Import";
        string empty = EmptyModule(stage);
        runner.Run(Group, new Workload("a session that imports the module", 1, Session(stage, "WgNet", stage.Module), Session(stage, "an empty binary module", empty)) { Rounds = Rounds });
        runner.Run(Group, new Figure("Import-Module WgNet over that of an empty binary module", "ms", () => Import(stage, stage.Module).Import - Import(stage, empty).Import, 100) { Rounds = Rounds });
        if (stage.Quick)
            return;
        runner.Run(Group, new Figure("first Get-NetLink after it", "ms", () => Import(stage, stage.Module).First, 50) { Rounds = Rounds });
        runner.Run(Group, new Figure("Import-Module WgNet with its files out of the page cache", "ms", () =>
        {
            Programs.Run(stage.Stop, "find", Path.GetDirectoryName(stage.Module)!, "-type", "f", "-exec", "dd", "if={}", "iflag=nocache", "count=0", "status=none", ";");
            return Import(stage, stage.Module).Import;
        }) { Rounds = Rounds });
        runner.Run(Group, new Figure("Import-Module -Force in a warm session", "ms", () => stage.Engine.Run($"Import-Module '{stage.Module}' -Force").Seconds * 1000));
    }

    private static Side Session(Stage stage, string name, string module) =>
        stage.Programs.Side(name, null, [stage.Host.Program, .. stage.Host.Arguments, Script(stage, "import", $"Import-Module '{module}'")]);

    private static (double Import, double First, double Second) Import(Stage stage, string module)
    {
        string script = Script(stage, "first",
            $$"""
            $clock = [Diagnostics.Stopwatch]::StartNew()
            Import-Module '{{module}}'
            $import = $clock.Elapsed.TotalMilliseconds
            $clock.Restart()
            if ('{{module}}' -like '*WgNet.psd1') { $null = Get-NetLink }
            $first = $clock.Elapsed.TotalMilliseconds
            $clock.Restart()
            if ('{{module}}' -like '*WgNet.psd1') { $null = Get-NetLink }
            [Console]::Out.WriteLine("$import $first $($clock.Elapsed.TotalMilliseconds)")
            """);
        string[] numbers = Programs.Run(stage.Stop, stage.Host.Program, [.. stage.Host.Arguments, script]).Split(' ');
        double At(int i) => double.Parse(numbers[i], System.Globalization.CultureInfo.InvariantCulture);
        return (At(0), At(1), At(2));
    }

    private static string Script(Stage stage, string name, string text) => stage.WriteLines(name + ".ps1", [text]);

    // This program's own assembly holds a cmdlet that does nothing.
    private static string EmptyModule(Stage stage)
    {
        string folder = Path.Combine(stage.Folder, "Empty");
        Directory.CreateDirectory(folder);
        File.Copy(Path.Combine(AppContext.BaseDirectory, "WgNet.Bench.Empty.dll"), Path.Combine(folder, "WgNet.Bench.Empty.dll"), overwrite: true);
        string manifest = Path.Combine(folder, "Empty.psd1");
        File.WriteAllText(manifest, "@{ RootModule = 'WgNet.Bench.Empty.dll'; ModuleVersion = '1.0'; CmdletsToExport = @('Get-Nothing'); FunctionsToExport = @(); AliasesToExport = @() }");
        return manifest;
    }
}
