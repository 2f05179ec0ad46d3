using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Remoting;

/// <summary>Sessions into gateways: several at once, in the background, stopped, broken.</summary>
public sealed class SessionTests : IClassFixture<RemoteGateway>
{
    private readonly RemoteGateway _gateway;
    private readonly EngineSession _client;

    public SessionTests(RemoteGateway gateway)
    {
        gateway.Start();
        _gateway = gateway;
        _client = gateway.Client;
    }

    [Fact]
    public void OneCommandAsksSeveralGatewaysAndAJobCollects()
    {
        using var other = new SshServer(_gateway.World, _gateway.World.Namespace("other"), RemoteGateway.Lines);
        _gateway.Server.Share(other);
        string names = $"{_gateway.Server.HostName}, {other.HostName}";
        string parameters = _gateway.Server.Parameters.Replace($"-HostName {_gateway.Server.HostName}", $"-HostName {names}", StringComparison.Ordinal);
        IReadOnlyList<PSObject> links = _client.Succeed($"Invoke-Command {parameters} {{ Get-NetLink lo }}");
        Assert.Equal(
            new[] { _gateway.Server.HostName, other.HostName }.Order(StringComparer.Ordinal),
            links.Select(link => (string)link.Properties["PSComputerName"].Value).Order(StringComparer.Ordinal));

        Assert.Equal(["wg0"], _client.Succeed($"$job = Invoke-Command {parameters} -AsJob {{ Get-WgTunnel }}; (Receive-Job $job -Wait -AutoRemoveJob).Name").Select(name => name.ToString()));
        Wait.Until(() => other.Sessions.Count == 0, "the sessions of single commands to end");
    }

    [Theory]
    [InlineData("Watch-NetLink")]
    [InlineData("Wait-WgPeer wg0 -Timeout 600")]
    public void StoppingEndsTheWorkAtTheGatewayAndTheSessionGoesOn(string work)
    {
        int pid = (int)_client.Succeed("Invoke-Command -Session $s { $PID }")[0].BaseObject;
        int before = Sockets(pid);
        using (RunningPipeline running = _client.Start($"Invoke-Command -Session $s {{ 'ready'; {work} }}"))
        {
            running.WaitForOutput(1);
            Wait.Until(() => Sockets(pid) > before, "the gateway to work");
            running.Stop(TimeSpan.FromSeconds(20));
        }

        Wait.Until(() => Sockets(pid) <= before, "the work's sockets to be closed");
        Assert.Equal("wg0", Assert.Single(_client.Succeed("(Invoke-Command -Session $s { Get-WgTunnel }).Name")).ToString());
    }

    [Fact]
    public void ProgressShowsAtTheClient()
    {
        EngineResult result = _client.Run("Invoke-Command -Session $s { Wait-WgPeer wg0 -Timeout 10 }");
        Assert.Equal(["OperationTimeout"], result.Errors.Select(error => error.CategoryInfo.Category.ToString()));
        Assert.NotEmpty(result.Progress);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void AGatewayThatDiesIsAnErrorAndLeavesNoProcess(bool all)
    {
        using var doomed = new SshServer(_gateway.World, _gateway.World.Namespace(all ? "dead" : "shot"), RemoteGateway.Lines);
        int pid = (int)_client.Succeed($"$d = New-PSSession {doomed.Parameters}; Invoke-Command -Session $d {{ $PID }}")[0].BaseObject;
        using RunningPipeline running = _client.Start("Invoke-Command -Session $d { 'ready'; Watch-NetLink }");
        running.WaitForOutput(1);
        if (all)
            doomed.Kill();
        else
            Native.Succeed("kill", "-KILL", $"{pid}");
        ErrorRecord error = Assert.Single(running.Finish().Errors);
        Assert.Equal("JobFailure", error.FullyQualifiedErrorId.Split(',')[0]);
        Assert.StartsWith("The SSH client session has ended", error.ToString(), StringComparison.Ordinal);
        Wait.Until(() => !Native.Ip($"netns pids {doomed.HostName}").Split('\n').Contains($"{pid}"), "the gateway's process to end");
        Wait.Until(() => doomed.Sessions.Count == 0, "what served it to end");
        _client.Succeed("Remove-PSSession $d");
        Wait.Until(() => !RemoteGateway.ClientsOf(doomed.HostName).Any(), "the client's ssh to end");
    }

    [Fact]
    public void ARealPwshServesTheSameModule()
    {
        Requires.Program("pwsh");
        PSObject peer = Assert.Single(_client.Succeed($"Invoke-Command {_gateway.Server.Parameters} -Subsystem pwsh {{ Get-WgPeer }}"));
        Assert.Equal("Deserialized.WgNet.WgPeer", peer.TypeNames[0]);
        Assert.Equal(RemoteGateway.Peer, peer.Properties["PublicKey"].Value);
    }

    [Fact]
    public void ARealPwshIsServed()
    {
        Requires.Program("pwsh");
        string script = $"{_gateway.World.Folder}/client.ps1";
        File.WriteAllText(script, $$"""
            $ErrorActionPreference = 'Stop'
            $s = New-PSSession {{_gateway.Server.Parameters}}
            $module = Import-PSSession $s -CommandName Get-WgPeer, Set-WgPeer -FormatTypeName WgNet*
            Get-WgPeer | Set-WgPeer -PersistentKeepalive 7
            (Get-WgPeer).PersistentKeepalive
            (Get-WgPeer | Out-String -Width 80).Contains('Handshake')
            (Invoke-Command $s { TabExpansion2 'Get-WgPe' 8 }).CompletionMatches.CompletionText
            Invoke-Command $s { 3, 1, 2 | Sort-Object | Select-Object -First 1 }
            """);
        Assert.Equal(["7", "True", "Get-WgPeer", "1"], Native.Succeed("pwsh", "-NoProfile", "-NonInteractive", "-File", script).Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void ARealPwshEntersASession()
    {
        Requires.Program("pwsh");
        string script = $"{_gateway.World.Folder}/enter.ps1";
        File.WriteAllText(script, $"function enter {{ Enter-PSSession {_gateway.Server.Parameters} }}\n'loaded'");
        // Lines from a pipe in place of a keyboard: the session is entered all the same.
        using Daemon pwsh = Daemon.Start("pwsh", "-NoProfile", "-NoLogo", "-NoExit", "-File", script);
        pwsh.WaitForOutput("loaded");
        pwsh.Send("enter\n");
        pwsh.WaitForOutput($"{_gateway.Server.HostName}]: PS ");
        pwsh.Send("(Get-WgTunnel).Name + '-' + $Host.Name\n");
        pwsh.WaitForOutput("wg0-ServerRemoteHost");
        pwsh.Send("exit\n");
        pwsh.Send("exit\n");
        Assert.Equal(0, pwsh.Finish().ExitCode);
    }

    private static int Sockets(int pid) =>
        new DirectoryInfo($"/proc/{pid}/fd").GetFileSystemInfos().Count(file => file.LinkTarget?.StartsWith("socket:", StringComparison.Ordinal) == true);
}
