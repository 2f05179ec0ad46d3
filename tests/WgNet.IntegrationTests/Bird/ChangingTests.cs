using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

public sealed class ChangingBird20Tests : ChangingTests<InstalledBird>;

public sealed class ChangingBird217Tests : ChangingTests<NewerBird>;

public sealed class ChangingBird3Tests : ChangingTests<Bird3>;

/// <summary>The cmdlets that change a live BIRD, with birdc as witness.</summary>
public abstract class ChangingTests<TProgram> : IDisposable
    where TProgram : BirdProgram, new()
{
    private static readonly string[] s_loaded = ["Reconfigured", "InProgress", "Queued"];

    private readonly BirdPair _pair = new BirdPair(new TProgram()).Settled();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _pair.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Protocols_are_switched_off_on_and_over()
    {
        Succeed("Disable-BirdProtocol BGP* -WhatIf -ControlSocket $a");
        Assert.Equal("up", StateOf("BGP0"));
        Succeed("Disable-BirdProtocol BGP0 -ControlSocket $a");
        Succeed("Wait-BirdProtocol BGP0 -State down -ControlSocket $a");
        Assert.Equal("down", StateOf("BGP0"));

        ErrorRecord disabled = Fail("BirdProtocolDisabled", "Restart-BirdProtocol BGP0 -ControlSocket $a");
        Assert.Equal(ErrorCategory.ResourceUnavailable, disabled.CategoryInfo.Category);
        Assert.Contains("Enable-BirdProtocol", disabled.Exception.Message, StringComparison.Ordinal);

        ErrorRecord late = Fail("BirdProtocolTimeout", "Wait-BirdProtocol BGP0 -State Established -Timeout 5 -ControlSocket $a");
        Assert.Equal(ErrorCategory.OperationTimeout, late.CategoryInfo.Category);
        Assert.Contains("is not Established after 5 s, but down", late.Exception.Message, StringComparison.Ordinal);

        // Over two seconds a wait shows how far it is.
        EngineResult waiting = Run("Wait-BirdProtocol BGP0 -State Established -Timeout 10 -ControlSocket $a");
        Assert.Contains(waiting.Progress, record => record.StatusDescription.Contains("0 of 1 are Established; BGP0 is down", StringComparison.Ordinal));
        Assert.Equal(ProgressRecordType.Completed, waiting.Progress[^1].RecordType);

        PSObject back = Assert.Single(Succeed("Get-BirdProtocol BGP0 -ControlSocket $a | Enable-BirdProtocol -PassThru | Wait-BirdProtocol -State Established"));
        Assert.Equal(("BGP0", "Established"), (back.Properties["Name"].Value, back.Properties["SessionState"].Value));

        DateTime before = (DateTime)Assert.Single(Succeed("(Get-BirdProtocol STATIC4 -ControlSocket $a).Since")).BaseObject;
        PSObject restarted = Assert.Single(Succeed("Restart-BirdProtocol static4 -PassThru -ControlSocket $a | Wait-BirdProtocol"));
        Assert.True((DateTime)restarted.Properties["Since"].Value > before);
        Fail("BirdProtocolNotFound", "Restart-BirdProtocol NOPE -ControlSocket $a");
        Assert.Empty(Succeed("Restart-BirdProtocol NOPE* -ControlSocket $a"));
    }

    [Fact]
    public void A_configuration_is_checked_loaded_confirmed_and_undone()
    {
        const string Route = "protocol static MORE { ipv4; route 10.9.0.0/16 unreachable; }\n";
        string more = Path.Combine(_pair.Folder, "more.conf");
        string bad = Path.Combine(_pair.Folder, "bad.conf");
        File.WriteAllText(more, BirdPair.ConfigurationA + Route);
        File.WriteAllText(bad, "router id 10.0.0.1;\nprotocol static BAD {\n  ipv4;\n  rout 10.0.0.0/8;\n}\n");

        Assert.Equal("Valid", ResultOf("Update-BirdConfig -Check -ControlSocket $a"));
        Assert.Equal("Valid", ResultOf("Update-BirdConfig $more -Check -ControlSocket $a", more));
        ErrorRecord refused = _engine.Fail("BirdConfigError", "Update-BirdConfig $file -ControlSocket $a", ("a", _pair.SocketA), ("file", bad));
        Assert.Equal(ErrorCategory.InvalidData, refused.CategoryInfo.Category);
        Assert.Equal(bad, refused.TargetObject);
        Assert.Contains($"{bad}, line 4, column ", refused.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(4, Succeed("$Error[0].Exception.Line")[0].BaseObject);
        Assert.False(HasMore());

        Succeed("Update-BirdConfig $more -WhatIf -ControlSocket $a", more);
        Assert.False(HasMore());
        Assert.Contains(ResultOf("Update-BirdConfig $more -ControlSocket $a", more), s_loaded);
        Succeed("Wait-BirdProtocol MORE -ControlSocket $a");
        // BIRD takes protocols down after it has answered.
        Assert.Contains(ResultOf("Update-BirdConfig -Undo -ControlSocket $a"), s_loaded);
        Wait.Until(() => !HasMore(), "the protocol to go");
        Assert.Equal("NothingToDo", ResultOf("Update-BirdConfig -Confirmed -ControlSocket $a"));
    }

    [Fact]
    public void A_configuration_with_a_time_limit_goes_away_unless_it_is_confirmed()
    {
        string more = Path.Combine(_pair.Folder, "more.conf");
        File.WriteAllText(more, BirdPair.ConfigurationA + "protocol static MORE { ipv4; route 10.9.0.0/16 unreachable; }\n");
        PSObject loaded = Assert.Single(Succeed("Update-BirdConfig $more -Timeout 60 -ControlSocket $a", more));
        Assert.InRange((DateTime)loaded.Properties["UndoAt"].Value, DateTime.Now.AddSeconds(30), DateTime.Now.AddSeconds(90));
        Assert.Equal("Confirmed", ResultOf("Update-BirdConfig -Confirmed -ControlSocket $a"));
        Assert.Equal("NothingToDo", ResultOf("Update-BirdConfig -Confirmed -ControlSocket $a"));
        Assert.True(HasMore());

        Succeed("Update-BirdConfig $more -Timeout 15 -ControlSocket $a", _pair.ConfigurationFileA);
        Wait.Until(() => !HasMore(), "the protocol to go");
        Wait.Until(HasMore, "the protocol to come back", TimeSpan.FromMinutes(1));
    }

    [Fact]
    public void Raw_commands_share_a_session_and_refusals_are_errors()
    {
        IReadOnlyList<PSObject> lines = Succeed("Invoke-BirdCommand 'show memory', 'eval 1 + 2' -ControlSocket $a");
        Assert.Equal((1018, "BIRD memory usage"), (lines[0].Properties["Code"].Value, lines[0].Properties["Text"].Value));
        Assert.Equal((23, "3"), (lines[^1].Properties["Code"].Value, lines[^1].Properties["Text"].Value));

        EngineResult restricted = Run("Invoke-BirdCommand restrict, 'disable BGP0', 'show status' -ControlSocket $a");
        Assert.Equal(["BirdAccessDenied"], restricted.ErrorIds);
        Assert.Contains("Daemon is up and running", restricted.Output.Select(line => line.ToString()));
        Assert.Equal("up", StateOf("BGP0"));

        Assert.Contains("(9001)", Fail("BirdSyntaxError", "Invoke-BirdCommand nonsense -ControlSocket $a").Exception.Message, StringComparison.Ordinal);
        Fail("BirdInvalidCommand", "Invoke-BirdCommand \"show status`ndisable all\" -ControlSocket $a");
        Assert.Empty(Succeed("Invoke-BirdCommand 'disable all' -WhatIf -ControlSocket $a"));
        Assert.Equal("up", StateOf("BGP0"));

        // BIRD 2.0 has no reply to this at all.
        Fail("BirdTimeout", "Invoke-BirdCommand help -ResponseTimeout 1 -ControlSocket $a");

        // The longest command that BIRD reads, and no longer.
        string longest = new(' ', 1022 - "eval 1 +2".Length);
        Assert.Equal("3", Assert.Single(Succeed($"Invoke-BirdCommand 'eval 1 +{longest}2' -ControlSocket $a")).ToString());
        Fail("BirdCommandTooLong", $"Invoke-BirdCommand 'eval 1 +{longest} 2' -ControlSocket $a");
    }

    [Fact]
    public void Stopping_ends_a_wait()
    {
        _engine.Stop("Wait-BirdProtocol SPARE -State Established -Timeout 600 -ControlSocket $a", TimeSpan.FromSeconds(1), ("a", _pair.SocketA));
        Assert.Equal("BGP0", Assert.Single(Succeed("(Get-BirdProtocol BGP0 -ControlSocket $a).Name")).ToString());
    }

    private bool HasMore() => _pair.BirdcA("show", "protocols").Contains("MORE", StringComparison.Ordinal);

    private string StateOf(string protocol) =>
        _pair.BirdcA("show", "protocols", protocol).Split('\n').Single(line => line.StartsWith(protocol, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[3];

    private string? ResultOf(string script, string? more = null) => Assert.Single(Succeed(script, more)).Properties["Result"].Value as string;

    private EngineResult Run(string script) => _engine.Run(script, ("a", _pair.SocketA));

    private IReadOnlyList<PSObject> Succeed(string script, string? more = null) => _engine.Succeed(script, ("a", _pair.SocketA), ("more", more));

    private ErrorRecord Fail(string id, string script) => _engine.Fail(id, script, ("a", _pair.SocketA));
}
