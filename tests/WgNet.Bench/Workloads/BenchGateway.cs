using System.Diagnostics;
using System.Globalization;

namespace WgNet.Bench;

/// <summary>
/// A gateway as users reach it: a namespace with a wireguard-go and an sshd of its own. Its wireguard-go's sockets are seen by nobody
/// else, so that <c>wg show all</c> shows its tunnels and no others, as on a machine of its own.
/// </summary>
internal sealed class BenchGateway : IDisposable
{
    // What the shell needs to start where sshd gives it an empty environment.
    private static readonly string[] s_variables = ["DOTNET_ROOT", "POWERSHELL_TELEMETRY_OPTOUT"];

    private readonly Process _process;

    private BenchGateway(string name, Process process)
    {
        Name = name;
        _process = process;
    }

    /// <summary>The namespace, and what clients call it.</summary>
    public string Name { get; }

    /// <summary>Starts one; it is ready when <see cref="WaitUntilReady"/> returns.</summary>
    /// <param name="stage">Where.</param>
    /// <param name="name">A namespace of the stage's.</param>
    /// <param name="subsystem">The program behind the subsystem <c>powershell</c>, with its arguments.</param>
    /// <param name="configuration">wg0's configuration, as wg(8) reads it.</param>
    public static BenchGateway Start(Stage stage, string name, string subsystem, string configuration)
    {
        string environment = string.Join(' ', s_variables
            .Select(variable => (variable, value: Environment.GetEnvironmentVariable(variable)))
            .Where(pair => pair.value is { Length: > 0 })
            .Select(pair => $"{pair.variable}={pair.value}")
            .Append($"PSModulePath={Path.GetDirectoryName(Path.GetDirectoryName(stage.Module))}"));
        string config = stage.WriteLines($"{name}.config",
        [
            "Port 22", "ListenAddress 127.0.0.1", $"HostKey {stage.Folder}/key", $"AuthorizedKeysFile {stage.Folder}/key.pub", $"PidFile {stage.Folder}/{name}.pid",
            "StrictModes no", "UsePAM no", "PermitRootLogin yes", "PrintMotd no", $"SetEnv {environment}", $"Subsystem powershell {subsystem}",
        ]);
        string peers = stage.WriteLines($"{name}.wg", [configuration]);

        // wg removes a socket that refuses it, and one that is bound does so until it listens (__SO_ACCEPTCON, include/uapi/linux/net.h).
        string script = stage.WriteLines($"{name}.sh",
        [
            "set -e", "mkdir -p /run/wireguard", "mount -t tmpfs none /run/wireguard",
            "WG_PROCESS_FOREGROUND=1 LOG_LEVEL=silent wireguard-go -f wg0 &", "until grep -q '00010000 .*/run/wireguard/wg0.sock$' /proc/net/unix; do sleep 0.02; done",
            $"wg setconf wg0 {peers}", $"exec /usr/sbin/sshd -D -f {config} -E {stage.Folder}/{name}.log",
        ]);
        return new BenchGateway(name, Process.Start(new ProcessStartInfo("ip", ["netns", "exec", name, "sh", script]))!);
    }

    /// <summary>Waits until its sshd listens.</summary>
    public void WaitUntilReady(Stage stage)
    {
        string log = $"{stage.Folder}/{Name}.log";
        long since = Stopwatch.GetTimestamp();
        while (!File.Exists(log) || !File.ReadAllText(log).Contains("Server listening", StringComparison.Ordinal))
        {
            stage.Stop.ThrowIfCancellationRequested();
            if (_process.HasExited || Stopwatch.GetElapsedTime(since) > TimeSpan.FromSeconds(30))
                throw new BenchException($"The gateway {Name} did not start.");
            Thread.Sleep(20);
        }
    }

    public void Dispose()
    {
        // All in its namespace is its own: sshd with what serves clients, and wireguard-go.
        foreach (string signal in (string[])["-TERM", "-KILL"])
        {
            string[] left = Left();
            if (left.Length == 0)
                break;
            foreach (string pid in left.Where(pid => Directory.Exists($"/proc/{pid}")))
                Signal(signal, pid);
            for (int attempt = 0; attempt < 100 && Left().Length > 0; attempt++)
                Thread.Sleep(20);
        }

        _process.WaitForExit(TimeSpan.FromSeconds(5));
        _process.Dispose();
    }

    private string[] Left() => Programs.Run(default, "ip", "netns", "pids", Name).Split('\n', StringSplitOptions.RemoveEmptyEntries);

    private static void Signal(string signal, string pid)
    {
        try
        {
            Programs.Run(default, "kill", signal, int.Parse(pid, CultureInfo.InvariantCulture).ToString(CultureInfo.InvariantCulture));
        }
        catch (BenchException)
        {
            // It has ended by itself.
        }
    }
}
