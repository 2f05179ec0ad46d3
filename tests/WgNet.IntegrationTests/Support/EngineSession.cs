using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WgNet.IntegrationTests.Support;

/// <summary>A session of the real PowerShell engine with the built module imported. Cheap: one for each test.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly CapturingHost _host = new();
    private readonly Runspace _runspace;

    static EngineSession()
    {
        // The engine reports imported modules to its makers unless told not to, and would find a real pwsh's modules, which do not fit it.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");
        Environment.SetEnvironmentVariable("PSModulePath", "");
    }

    public EngineSession()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuiltModule.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(_host, state);
        _runspace.ThreadOptions = PSThreadOptions.ReuseThread;
        _runspace.Open();
        using PowerShell check = PowerShell.Create(_runspace);
        if (check.AddScript("Get-Module WgNet").Invoke().Count == 0)
            throw new InvalidOperationException("The module did not import.");
    }

    /// <summary>Runs a script with variables set before; collects everything that it writes.</summary>
    public EngineResult Run(string script, params (string Name, object? Value)[] variables)
    {
        using PowerShell shell = Prepare(script, variables);
        return Collect(shell);
    }

    /// <summary>Runs a script that must not fail; returns what it emits.</summary>
    public IReadOnlyList<PSObject> Succeed(string script, params (string Name, object? Value)[] variables)
    {
        EngineResult result = Run(script, variables);
        result.AssertNoErrors(script);
        return result.Output;
    }

    /// <summary>Runs a script that must fail with this error id alone; returns the error.</summary>
    public ErrorRecord Fail(string errorId, string script, params (string Name, object? Value)[] variables)
    {
        EngineResult result = Run(script, variables);
        ErrorRecord error = Assert.Single(result.Errors);
        Assert.Equal(errorId, error.FullyQualifiedErrorId.Split(',')[0]);
        return error;
    }

    /// <summary>What a terminal of this width would show of the script's objects, without colours.</summary>
    public string Text(string script, int width = 80, params (string Name, object? Value)[] variables)
    {
        using PowerShell shell = Prepare(script, variables);
        shell.AddCommand("Out-Host");
        _host.Width = width;
        _host.Take();
        Collect(shell).AssertNoErrors(script);
        return _host.Take();
    }

    /// <summary>What the host was given to show since the last time.</summary>
    public string Shown() => _host.Take();

    /// <summary>Starts a script in the background. It may be stopped as Ctrl+C does.</summary>
    public RunningPipeline Start(string script, params (string Name, object? Value)[] variables) => new(Prepare(script, variables));

    /// <summary>Starts a script and stops it after a delay as Ctrl+C does; fails the test when that takes long.</summary>
    public void Stop(string script, TimeSpan delay, params (string Name, object? Value)[] variables)
    {
        using RunningPipeline running = Start(script, variables);
        Thread.Sleep(delay);
        running.Stop();
    }

    public void Dispose() => _runspace.Dispose();

    /// <summary>Waits for a pipeline with <paramref name="end"/>, then gathers what it wrote until it ended, however it ended.</summary>
    internal static EngineResult Collect(PowerShell shell, Action end, Func<IReadOnlyList<PSObject>> output)
    {
        List<ErrorRecord> terminating = [];
        try
        {
            end();
        }
        catch (RuntimeException caught)
        {
            terminating.Add(caught.ErrorRecord);
        }

        return new EngineResult(
            output(),
            [.. shell.Streams.Error, .. terminating],
            [.. shell.Streams.Warning.Select(record => record.Message)],
            [.. shell.Streams.Verbose.Select(record => record.Message)],
            [.. shell.Streams.Progress]);
    }

    private static EngineResult Collect(PowerShell shell)
    {
        List<PSObject> output = [];
        return Collect(shell, () => shell.Invoke(null, output), () => output);
    }

    private PowerShell Prepare(string script, (string Name, object? Value)[] variables)
    {
        foreach ((string name, object? value) in variables)
            _runspace.SessionStateProxy.SetVariable(name, value);
        PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(script);
        return shell;
    }
}

/// <summary>What a script wrote to its streams. A terminating error is the last of the errors.</summary>
internal sealed record EngineResult(
    IReadOnlyList<PSObject> Output,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    IReadOnlyList<string> Verbose,
    IReadOnlyList<ProgressRecord> Progress)
{
    /// <summary>The stable part of each error's FullyQualifiedErrorId.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);

    public void AssertNoErrors(string script) =>
        Assert.True(Errors.Count == 0, $"{script}\n{string.Join('\n', Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"))}");
}
