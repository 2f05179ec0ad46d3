using System.Diagnostics;
using System.Text;

namespace WgNet.IntegrationTests.Support;

/// <summary>A program that runs beside a test and ends with it: ended by its process id, and reaped.</summary>
internal sealed class Daemon : IDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _text = new();
    private readonly Task _output;
    private readonly Task<string> _error;

    private Daemon(Process process)
    {
        _process = process;
        _output = Task.Run(() => Read(process.StandardOutput));
        _error = process.StandardError.ReadToEndAsync();
    }

    public int Id => _process.Id;

    /// <summary>What it wrote to standard output so far.</summary>
    public string Output
    {
        get
        {
            lock (_text)
                return _text.ToString();
        }
    }

    public bool HasExited => _process.HasExited;

    /// <summary>Starts a program that stays in the foreground. Ctrl+C reaches it also where whoever started the tests has it ignored, as a shell does for what it runs in the background.</summary>
    public static Daemon Start(string program, params string[] args) => new(Native.Start("env", ["--default-signal=INT", program, .. args]));

    /// <summary>Starts it inside a network namespace.</summary>
    public static Daemon StartIn(string ns, string program, params string[] args) => Start("ip", ["netns", "exec", ns, program, .. args]);

    /// <summary>Starts it and waits until it is ready; fails the test with what it wrote when it ends before.</summary>
    public static Daemon StartWhen(Func<bool> ready, string program, params string[] args)
    {
        Daemon daemon = Start(program, args);
        try
        {
            Wait.Until(() => ready() || daemon.HasExited, $"'{program}' to be ready");
            Assert.True(!daemon.HasExited || ready(), $"'{program}' ended at once: {(daemon.HasExited ? daemon._error.Result + daemon.Output : "")}");
            return daemon;
        }
        catch
        {
            daemon.Dispose();
            throw;
        }
    }

    /// <summary>Sends a signal by its name: INT, TERM, STOP, CONT.</summary>
    public void Signal(string name) => Native.Succeed("kill", $"-{name}", $"{Id}");

    /// <summary>Waits for its end and answers with what it wrote.</summary>
    public NativeResult Finish(TimeSpan? limit = null)
    {
        Assert.True(_process.WaitForExit(Wait.Patience * (limit ?? Wait.Usual)), $"Process {Id} did not end in time.");
        _output.Wait();
        return new NativeResult(_process.ExitCode, Output, _error.Result);
    }

    /// <summary>Waits until it has written a text to standard output, behind what stood there before <paramref name="from"/>.</summary>
    public void WaitForOutput(string text, int from = 0)
    {
        Wait.Until(() => Output.IndexOf(text, from, StringComparison.Ordinal) >= 0 || _output.IsCompleted, $"'{text}' in what process {Id} writes");
        Assert.Contains(text, Output[from..], StringComparison.Ordinal);
    }

    /// <summary>Writes to its standard input.</summary>
    public void Send(string text)
    {
        _process.StandardInput.Write(text);
        _process.StandardInput.Flush();
    }

    /// <summary>Closes its standard input.</summary>
    public void EndInput() => _process.StandardInput.Close();

    /// <summary>SIGKILL, as a crash.</summary>
    public void Kill()
    {
        if (_process.HasExited)
            return;
        _process.Kill();
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
    }

    private void Read(StreamReader reader)
    {
        char[] buffer = new char[1024];
        while (reader.Read(buffer) is var count and > 0)
        {
            lock (_text)
                _text.Append(buffer, 0, count);
        }
    }
}
