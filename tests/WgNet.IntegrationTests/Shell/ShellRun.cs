using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Shell;

/// <summary>Runs the built shell as a process, as users do, with scripts in a folder of the test's own.</summary>
internal sealed class ShellRun : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-shell-").FullName;

    /// <summary>Writes a script; answers with its path.</summary>
    public string Script(string text)
    {
        string path = $"{_folder}/{Guid.NewGuid():n}.ps1";
        File.WriteAllText(path, text);
        return path;
    }

    public string PathOf(string name) => $"{_folder}/{name}";

    public static NativeResult Run(params string[] arguments) => Native.Run(BuiltModule.Shell, arguments);

    public static Daemon Start(params string[] arguments) => Daemon.Start(BuiltModule.Shell, arguments);

    /// <summary>Starts it at a terminal of its own (script(1) makes one), whose keyboard is the daemon's input.</summary>
    public static Daemon StartAtTerminal(params string[] arguments)
    {
        string command = string.Join(' ', ((string[])[BuiltModule.Shell, .. arguments]).Select(word => $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'"));
        return Daemon.Start("script", "--quiet", "--return", "--command", $"stty cols 100 rows 30; export TERM=xterm NO_COLOR=; exec {command}", "/dev/null");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
