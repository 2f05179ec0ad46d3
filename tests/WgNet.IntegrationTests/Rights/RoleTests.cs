using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Rights;

/// <summary>A gateway with a tunnel and a BIRD, which an sshd lets people into by role: as subsystems of pwsh and of the built shell.</summary>
public sealed class RoleGateway : IDisposable
{
    private TestWorld? _world;
    private Daemon? _bird;

    internal EngineSession Client { get; private set; } = null!;

    internal SshServer Server { get; private set; } = null!;

    internal string Namespace { get; private set; } = "";

    internal string Folder => _world!.Folder;

    /// <summary>BIRD's folder, where control sockets may be.</summary>
    internal string RunFolder { get; private set; } = "";

    /// <summary>The line of sshd_config by which sessions find the built module.</summary>
    internal string Environment { get; private set; } = "";

    internal TestWorld World => _world!;

    internal string Socket => $"{RunFolder}/bird.ctl";

    internal void Start()
    {
        if (_world is not null)
            return;
        SshServer.Require();
        Requires.Program("bird");
        Requires.Program("wireguard-go");
        _world = new TestWorld();
        Namespace = _world.Namespace("gw");
        Client = new EngineSession();
        Client.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -TransportNamespace $gw -Namespace $gw -Backend Userspace", ("gw", Namespace));
        RunFolder = $"/run/wgnet/{Path.GetFileName(Folder)}";
        Directory.CreateDirectory(RunFolder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        string config = $"{Folder}/bird.conf";
        File.WriteAllText(config, "router id 10.9.0.1;\nprotocol device { }\nprotocol static S4 { ipv4; route 192.0.2.0/24 blackhole; }\n");
        _bird = Daemon.StartWhen(() => File.Exists(Socket), "ip", "netns", "exec", Namespace, "bird", "-f", "-c", config, "-s", Socket, "-P", $"{RunFolder}/bird.pid");
        File.CreateSymbolicLink($"{Folder}/link.key", "/etc/shadow");
        File.CreateSymbolicLink($"{Folder}/link.psd1", "/etc/shadow");
        File.WriteAllText($"{Folder}/script.ps1", "'escaped'");
        Environment = string.Join(' ', (string[])["SetEnv", $"PSModulePath={Path.GetDirectoryName(BuiltModule.Folder)}", $"PATH={System.Environment.GetEnvironmentVariable("PATH")}",
            "POWERSHELL_TELEMETRY_OPTOUT=1", .. System.Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? [$"DOTNET_ROOT={root}"] : Array.Empty<string>()]);
        Server = new SshServer(_world, Namespace,
        [
            Environment,
            .. ((string[])["viewer", "operator", "administrator"]).SelectMany(role => new[] { ("pwsh", "pwsh"), ("shell", BuiltModule.Shell) }.Select(host =>
                $"Subsystem {role}-{host.Item1} {host.Item2} -sshs -NoLogo -NoProfile -ConfigurationFile {BuiltModule.Folder}/roles/{role}.pssc")),
        ]);
    }

    public void Dispose()
    {
        Client?.Dispose();
        Server?.Dispose();
        _bird?.Dispose();
        if (Directory.Exists(RunFolder))
            Directory.Delete(RunFolder, recursive: true);
        _world?.Dispose();
    }
}

/// <summary>
/// The roles that ship with the module, over a real sshd: each may do what it is for, and every attempt at more is refused as the table
/// in about_WgNet_Rights says.
/// </summary>
public sealed class RoleTests(RoleGateway gateway) : IClassFixture<RoleGateway>
{
    private static readonly string[] s_hosts = ["pwsh", "shell"];

    private static readonly Dictionary<string, (string Role, string[] Works)> s_roles = new()
    {
        ["v"] = ("viewer", ["Get-NetLink -Namespace {ns}", "Get-WgTunnel -Namespace {ns}", "Get-NetNamespace {ns}", "Get-BirdProtocol S4 -ControlSocket {socket}", "Get-BirdRoute -Filter 'net.len = 24' -ControlSocket {socket}"]),
        ["o"] = ("operator", ["Get-WgTunnel wg0 -Namespace {ns}", "Set-WgTunnel wg0 -Namespace {ns} -Down -PassThru", "Set-WgTunnel wg0 -Namespace {ns} -Up -PassThru", "Restart-BirdProtocol S4 -PassThru -ControlSocket {socket}"]),
        ["a"] = ("administrator", ["New-WgKey", "Set-WgTunnel wg0 -Namespace {ns} -Mtu 1400 -PassThru", "Get-BirdStatus -ControlSocket {socket}"]),
    };

    public static TheoryData<string, string> Sessions => new(from role in s_roles.Keys from host in s_hosts select (role, host));

    [Theory]
    [MemberData(nameof(Sessions))]
    public void ARoleDoesWhatItIsForAndNoMore(string role, string host)
    {
        if (host == "pwsh")
            Requires.Program("pwsh");
        gateway.Start();
        (string name, string[] works) = s_roles[role];
        EngineSession client = gateway.Client;
        client.Succeed($"$r = New-PSSession {gateway.Server.Parameters} -Subsystem {name}-{host}");
        try
        {
            var problems = new List<string>();
            foreach (string script in works)
            {
                EngineResult result = Run(script);
                if (result.Errors.Count > 0 || result.Output.Count == 0)
                    problems.Add($"{script}: {result.Output.Count} objects, {string.Join(", ", result.ErrorIds)} {string.Join(' ', result.Errors)}");
            }

            foreach (RoleAttack attack in RoleAttacks.All.Where(attack => attack.Roles.Contains(role, StringComparison.Ordinal)))
            {
                foreach (string script in attack.Scripts)
                {
                    EngineResult result = Run(script);
                    string outcome = string.Join(", ", result.ErrorIds.Distinct());
                    if (outcome != attack.Outcome || result.Output.Count > 0)
                        problems.Add($"{attack.Name}: {script}: '{outcome}' {result.Output.Count} objects, {string.Join(' ', result.Errors)}");
                }
            }

            Assert.True(problems.Count == 0, string.Join('\n', problems));
            Assert.False(File.Exists($"{gateway.Folder}/out"));
            Assert.Equal("up", client.Succeed("(Get-BirdProtocol S4 -ControlSocket $socket).State", ("socket", gateway.Socket)).Single().ToString());
        }
        finally
        {
            client.Run("Remove-PSSession $r");
        }
    }

    [Fact]
    public void TheTableTellsOfEveryAttempt() => Assert.Equal(
        RoleAttacks.All.Select(attack => $"{attack.Name}: {(attack.Outcome.Length > 0 ? attack.Outcome : "nothing")}"),
        RightsTable.Section("ATTEMPTS").Split('\n').Select(RightsTable.Attempt).OfType<string>());

    /// <summary>A session configuration over ssh takes no role capabilities, so it has them in itself.</summary>
    [Theory]
    [InlineData("viewer", "WgNetViewer")]
    [InlineData("operator", "WgNetViewer", "WgNetOperator")]
    [InlineData("administrator", "WgNetAdministrator")]
    public void ASessionHasItsRolesCapabilities(string role, params string[] capabilities)
    {
        static string Cmdlets(string path)
        {
            string text = File.ReadAllText($"{BuiltModule.Folder}/{path}");
            const string Start = "VisibleCmdlets = @(\n", End = "\n    )\n}";
            int from = text.IndexOf(Start, StringComparison.Ordinal) + Start.Length;
            return text[from..text.IndexOf(End, from, StringComparison.Ordinal)];
        }

        Assert.Equal(string.Join('\n', capabilities.Select(name => Cmdlets($"RoleCapabilities/{name}.psrc"))), Cmdlets($"roles/{role}.pssc"));
    }

    [Fact]
    public void AForcedRoleGivesNoOtherSession()
    {
        gateway.Start();
        using var forced = new SshServer(gateway.World, gateway.World.Namespace("forced"), gateway.Environment, "Subsystem powershell pwsh -sshs -NoLogo -NoProfile", "Subsystem sftp internal-sftp",
            $"ForceCommand {BuiltModule.Shell} -sshs -NoLogo -NoProfile -ConfigurationFile {BuiltModule.Folder}/roles/viewer.pssc");
        gateway.Client.Succeed($"$f = New-PSSession {forced.Parameters}");
        gateway.Client.Fail("CommandNotFoundException", "Invoke-Command $f { New-WgKey }");
        gateway.Client.Succeed("Invoke-Command $f { Get-NetLink }");
        gateway.Client.Succeed("Remove-PSSession $f");
        foreach (string[] arguments in (string[][])[["id"], ["-s", "sftp"]])
        {
            NativeResult result = Native.Run("ssh", [.. forced.Arguments[..^1], .. arguments[..^1], forced.HostName, arguments[^1]]);
            Assert.DoesNotContain("uid=", result.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheAdministratorHasAllButWhatRunsPrograms()
    {
        using var engine = new EngineSession();
        string text = File.ReadAllText($"{BuiltModule.Folder}/RoleCapabilities/WgNetAdministrator.psrc");
        Assert.Equal(["Invoke-NetNamespace"], engine.Succeed("(Get-Command -Module WgNet).Name").Select(name => name.ToString()).Where(name => !text.Contains($"'{name}'", StringComparison.Ordinal)));
    }

    private EngineResult Run(string script) => gateway.Client.Run(
        "Invoke-Command -Session $r -ScriptBlock ([scriptblock]::Create($script))",
        ("script", script.Replace("{ns}", gateway.Namespace, StringComparison.Ordinal).Replace("{socket}", gateway.Socket, StringComparison.Ordinal).Replace("{folder}", gateway.Folder, StringComparison.Ordinal)));
}
