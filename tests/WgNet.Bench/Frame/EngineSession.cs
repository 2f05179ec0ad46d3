using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace WgNet.Bench;

/// <summary>A real session of the engine in a process of its own, with the module imported, that runs scripts and tells what they took.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Process _process;
    private readonly Socket _socket;
    private readonly StreamReader _reader;
    private readonly StreamWriter _writer;
    private readonly int _pid;
    private readonly string _folder;
    private readonly CancellationToken _stop;
    private readonly CancellationTokenRegistration _ending;

    private EngineSession(Process process, Socket socket, string folder, CancellationToken stop)
    {
        _process = process;
        _folder = folder;
        _stop = stop;
        _socket = socket;
        var stream = new NetworkStream(socket);
        _reader = new StreamReader(stream);
        _writer = new StreamWriter(stream) { AutoFlush = true };
        _ending = stop.Register(() => socket.Shutdown(SocketShutdown.Both));
        string[] ready = Answer();
        _pid = int.Parse(ready[1], CultureInfo.InvariantCulture);
    }

    /// <summary>Starts a session.</summary>
    /// <param name="host">pwsh, or the repository's own shell.</param>
    /// <param name="module">The module's manifest; "" for none.</param>
    /// <param name="folder">Where its socket may be.</param>
    /// <param name="stop">Ends it.</param>
    public static EngineSession Start(EngineHost host, string module, string folder, CancellationToken stop)
    {
        string path = Path.Combine(folder, $"engine-{Guid.NewGuid():n}");
        using var listener = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        listener.Bind(new UnixDomainSocketEndPoint(path));
        listener.Listen(1);
        var start = new ProcessStartInfo(host.Program, [.. host.Arguments, Path.Combine(Programs.Folder, "engine.ps1"), path, module])
        {
            Environment = { ["POWERSHELL_TELEMETRY_OPTOUT"] = "1", ["NO_COLOR"] = "1" },
        };
        Process process = Process.Start(start) ?? throw new BenchException($"Cannot start {host.Program}.");
        try
        {
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(stop);
            limit.CancelAfter(TimeSpan.FromSeconds(60));
            Socket socket = listener.AcceptAsync(limit.Token).AsTask().GetAwaiter().GetResult();
            return new EngineSession(process, socket, folder, stop);
        }
        catch
        {
            process.Kill(entireProcessTree: true);
            process.Dispose();
            throw;
        }
    }

    /// <summary>A side that is a script in this session. What the script emits is its answer.</summary>
    public Side Side(string name, string script, string? before = null) =>
        new(name, () => Run(script))
        {
            Before = before is null ? null : () => Run(before),
            CountCalls = () => SystemCalls.During(_pid, _folder, () => Run(script), _stop),
        };

    /// <summary>Runs a script; what it emits comes as text.</summary>
    public Sample Run(string script)
    {
        ResetPeak();
        _writer.WriteLine(Convert.ToBase64String(Encoding.UTF8.GetBytes(script)));
        string[] answer = Answer();
        return answer[0] == "error"
            ? throw new BenchException($"The session failed at {script}: {answer[^1]}")
            : new Sample(double.Parse(answer[0], CultureInfo.InvariantCulture), long.Parse(answer[1], CultureInfo.InvariantCulture), Peak(), answer[2]);
    }

    /// <summary>What a script answers with, as a number.</summary>
    public double Number(string script) => double.Parse(Run(script).Result!, CultureInfo.InvariantCulture);

    public void Dispose()
    {
        _ending.Dispose();
        _socket.Dispose();
        if (!_process.WaitForExit(TimeSpan.FromSeconds(5)))
            _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    private string[] Answer() => (_reader.ReadLine() ?? throw new BenchException("The session ended.")).Split('\t');

    // 5: VmHWM starts anew (proc(5), /proc/pid/clear_refs).
    private void ResetPeak() => File.WriteAllText($"/proc/{_pid}/clear_refs", "5");

    private long Peak()
    {
        string line = File.ReadLines($"/proc/{_pid}/status").First(line => line.StartsWith("VmHWM:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().ToString().Split(' ')[0], CultureInfo.InvariantCulture) * 1024;
    }
}

/// <summary>What runs the engine.</summary>
internal sealed record EngineHost(string Name, string Program, string[] Arguments)
{
    /// <summary>A real pwsh where there is one, else the repository's shell.</summary>
    public static EngineHost Find(string shell)
    {
        string? pwsh = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => Path.Combine(folder, "pwsh")).FirstOrDefault(File.Exists);
        return pwsh is not null ? new EngineHost("pwsh", pwsh, ["-NoProfile", "-NonInteractive", "-File"]) : new EngineHost("WgNet.Shell", shell, []);
    }
}
