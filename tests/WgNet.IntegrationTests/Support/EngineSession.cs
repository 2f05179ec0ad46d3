using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace WgNet.IntegrationTests.Support;

/// <summary>A session of the real PowerShell engine with the built module imported.</summary>
internal sealed class EngineSession : IDisposable
{
    private readonly Runspace _runspace;

    public EngineSession()
    {
        InitialSessionState state = InitialSessionState.CreateDefault2();
        state.ImportPSModule([BuiltModule.Manifest]);
        _runspace = RunspaceFactory.CreateRunspace(state);
        _runspace.Open();
        using PowerShell check = PowerShell.Create(_runspace);
        if (check.AddScript("Get-Module WgNet").Invoke().Count == 0)
            throw new InvalidOperationException("The module did not import.");
    }

    /// <summary>Runs a script with variables set before; collects everything that it writes.</summary>
    public EngineResult Run(string script, params (string Name, object? Value)[] variables)
    {
        using PowerShell shell = Prepare(script, variables);
        List<PSObject> output = [];
        ErrorRecord? terminating = null;
        try
        {
            output.AddRange(shell.Invoke());
        }
        catch (RuntimeException caught)
        {
            terminating = caught.ErrorRecord;
        }

        List<ErrorRecord> errors = [.. shell.Streams.Error];
        if (terminating is not null)
            errors.Add(terminating);
        return new EngineResult(output, errors, [.. shell.Streams.Warning.Select(record => record.Message)], [.. shell.Streams.Verbose.Select(record => record.Message)]);
    }

    /// <summary>Runs a script that must not fail; returns what it emits.</summary>
    public IReadOnlyList<PSObject> Succeed(string script, params (string Name, object? Value)[] variables)
    {
        EngineResult result = Run(script, variables);
        Assert.True(result.Errors.Count == 0, $"{script}\n{string.Join('\n', result.Errors.Select(error => $"{error.FullyQualifiedErrorId}: {error}"))}");
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

    /// <summary>Starts a script, stops it as Ctrl+C does once it has emitted something or after a delay; returns how long stopping took.</summary>
    public TimeSpan Stop(string script, TimeSpan delay, params (string Name, object? Value)[] variables)
    {
        using PowerShell shell = Prepare(script, variables);
        IAsyncResult running = shell.BeginInvoke();
        Thread.Sleep(delay);
        long start = Stopwatch.GetTimestamp();
        shell.Stop();
        TimeSpan took = Stopwatch.GetElapsedTime(start);
        try
        {
            shell.EndInvoke(running);
        }
        catch (PipelineStoppedException)
        {
            // What stopping means.
        }

        return took;
    }

    public void Dispose() => _runspace.Dispose();

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
internal sealed record EngineResult(IReadOnlyList<PSObject> Output, IReadOnlyList<ErrorRecord> Errors, IReadOnlyList<string> Warnings, IReadOnlyList<string> Verbose)
{
    /// <summary>The stable part of each error's FullyQualifiedErrorId.</summary>
    public IEnumerable<string> ErrorIds => Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]);
}
