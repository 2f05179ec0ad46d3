using System.Text.RegularExpressions;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Rights;

/// <summary>
/// The table of about_WgNet_Rights, tried: without rights a cmdlet that needs some is refused and says what is missing, with just those
/// that the table names it works, and each of them is needed.
/// </summary>
public sealed class LeastPrivilegeTests : IDisposable
{
    // They run until they are stopped, or make what a lab and a fabric need; those have tests of their own.
    private static readonly string[] s_notRun = ["Watch-WgPeer", "Watch-NetLink", "Watch-BirdProtocol", "Stop-WgFabricLab", "Test-WgFabric"];

    private static readonly string s_public = Convert.ToBase64String([.. Enumerable.Repeat((byte)7, 32)]);

    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();
    private readonly OrdinaryUser _user = new();
    private readonly string _ns;
    private readonly string _other;
    private Daemon? _bird;

    public LeastPrivilegeTests()
    {
        Requires.Program("setpriv");
        Requires.Program("wireguard-go");
        (_ns, _other) = (_world.Namespace("a"), _world.Namespace("b"));
        Native.Succeed("chown", "65534", _user.Folder);
    }

    private string Socket => $"{_user.Folder}/bird.ctl";

    public void Dispose()
    {
        _bird?.Dispose();
        _user.Dispose();
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void EveryCmdletStandsInTheTableOnce() => Assert.Equal(
        _engine.Succeed("(Get-Command -Module WgNet).Name").Select(name => name.ToString()).Order(StringComparer.Ordinal),
        RightsTable.Needs.Select(row => row.Cmdlet).Order(StringComparer.Ordinal));

    [Fact]
    public void TheTableSaysWhatIsNeeded()
    {
        Prepare();
        var table = RightsTable.Needs.Where(row => !s_notRun.Contains(row.Cmdlet)).ToDictionary(row => row.Cmdlet, row => row.Needs);
        var problems = new List<string>();
        void Expect(bool good, string what)
        {
            if (!good)
                problems.Add(what);
        }

        Dictionary<string, string> refused = Try(table.Keys, []);
        foreach ((string cmdlet, string needs) in table)
        {
            string said = refused[cmdlet];
            if (needs is "nothing" or "file")
                Expect(said.Length == 0, $"{cmdlet} without rights: {said}");
            else
                Expect(Count(said) == 1 && said.StartsWith("PermissionDenied", StringComparison.Ordinal), $"{cmdlet} without rights: '{said}'");
            if (needs.StartsWith("CAP_", StringComparison.Ordinal))
                Expect(RightsTable.Capabilities(needs).Any(name => said.Contains(name, StringComparison.Ordinal)), $"{cmdlet} does not say that it needs {needs}: {said}");
        }

        // Each that is named is needed: all but one are not enough.
        IGrouping<string, string>[] groups = [.. table.Where(row => row.Value.StartsWith("CAP_", StringComparison.Ordinal)).GroupBy(row => row.Value, row => row.Key)];
        string[] all = [.. groups.SelectMany(group => RightsTable.Capabilities(group.Key)).Distinct()];
        foreach (string without in all)
        {
            IEnumerable<string> need = groups.Where(group => RightsTable.Capabilities(group.Key).Contains(without)).SelectMany(group => group);
            foreach ((string cmdlet, string said) in Try(need, all.Where(name => name != without)))
                Expect(said.StartsWith("PermissionDenied", StringComparison.Ordinal) && said.Contains(without, StringComparison.Ordinal), $"{cmdlet} without {without}: '{said}'");
        }

        foreach (IGrouping<string, string> group in groups)
        {
            foreach ((string cmdlet, string said) in Try(group, RightsTable.Capabilities(group.Key)))
                Expect(said.Length == 0, $"{cmdlet} with {group.Key}: {said}");
        }

        // No right but the socket's group. What BIRD does not run here it may say.
        foreach ((string cmdlet, string said) in Try(table.Where(row => row.Value == "socket").Select(row => row.Key), [], group: "65533"))
            Expect(!said.Contains("PermissionDenied", StringComparison.Ordinal) && !said.Contains("ConnectionError", StringComparison.Ordinal), $"{cmdlet} with the socket's group: {said}");
        Assert.True(problems.Count == 0, string.Join("\n", problems));
    }

    [Fact]
    public void AnotherNamespaceNeedsAdministrationAlsoToRead()
    {
        string read = $"Get-NetLink -Namespace {_other}";
        string said = Assert.Single(Try(new Dictionary<string, string> { ["x"] = read }, ["CAP_NET_ADMIN"], "65534")).Value;
        Assert.Matches("^PermissionDenied: .* needs CAP_SYS_ADMIN: run as root, or with that capability", said);
        Assert.Empty(Assert.Single(Try(new Dictionary<string, string> { ["x"] = read }, ["CAP_SYS_ADMIN"], "65534")).Value);
    }

    private void Prepare()
    {
        // The folder of all labs, which the first one makes: it is what others may not look into.
        Directory.CreateDirectory("/run/wgnet/labs", UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Native.Ip($"-n {_ns} link add br0 type bridge");
        Native.Ip($"-n {_ns} link add gone0 type bridge");
        Native.Ip($"-n {_ns} link add move0 type veth peer name move1");
        Native.Ip($"-n {_ns} link set br0 up");
        Native.Ip($"-n {_ns} addr add 10.9.0.1/24 dev br0");
        Native.Ip($"-n {_ns} addr add 10.9.1.1/24 dev br0");
        Native.Ip($"-n {_ns} route add 10.10.0.0/16 via 10.9.0.2");
        _world.Namespace("gone");
        _engine.Succeed(
            """
            $null = foreach ($name in 'wg0', 'wg1') {
                New-WgTunnel $name -PrivateKey (New-WgKey) -PeerPublicKey $public -TransportNamespace $ns -Namespace $ns -Backend Userspace
            }
            """,
            ("ns", _ns), ("public", s_public));
        string article = File.ReadAllText(Path.Combine(BuiltModule.Folder, "samples", "article.psd1"));
        File.WriteAllText($"{_user.Folder}/fabric.psd1", Regex.Replace(article, "Endpoint = '2001:db8:(.)::(.)'", match =>
            $"PublicKey = '{Convert.ToBase64String([.. Enumerable.Repeat((byte)(match.Groups[1].Value[0] * 8 + match.Groups[2].Value[0]), 32)])}'; {match}"));
        string config = Path.Combine(_world.Folder, "bird.conf");
        File.WriteAllText(config, "router id 10.9.0.1;\nprotocol device { }\nprotocol static S4 { ipv4; route 192.0.2.0/24 blackhole; }\n");
        _bird = Daemon.StartWhen(() => File.Exists(Socket), "ip", "netns", "exec", _ns, "bird", "-f", "-c", config, "-s", Socket, "-P", Path.Combine(_world.Folder, "bird.pid"));
        Native.Succeed("chown", "0:65533", Socket);
        File.SetUnixFileMode(Socket, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
    }

    /// <summary>What each cmdlet's script is refused with: "Category: message" lines, or nothing.</summary>
    private Dictionary<string, string> Try(IEnumerable<string> cmdlets, IEnumerable<string> capabilities, string group = "65534") =>
        Try(cmdlets.ToDictionary(cmdlet => cmdlet, Script), capabilities, group);

    private Dictionary<string, string> Try(Dictionary<string, string> scripts, IEnumerable<string> capabilities, string group)
    {
        IEnumerable<string> lines = scripts.Select(one =>
            $$"""
            $said = @(try { {{one.Value}} 2>&1 } catch { $_ }).Where({ $_ -is [Management.Automation.ErrorRecord] }).ForEach({ "$($_.CategoryInfo.Category): $_".Replace("`n", ' ') })
            $Host.UI.WriteLine("@@{{one.Key}}=$($said -join '##')@")
            """);
        string text = _user.Run(_ns, "$ErrorActionPreference = 'Continue'; $ConfirmPreference = 'None'\n" + string.Join('\n', lines), capabilities, group);
        var answers = Regex.Matches(text, "@@([^=]+)=(.*?)@(?=\\s|$)", RegexOptions.Singleline).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value.Replace("\n", " ", StringComparison.Ordinal));
        Assert.True(answers.Count == scripts.Count, text);
        return answers;
    }

    private static int Count(string said) => said.Length == 0 ? 0 : said.Split("##").Length;

    private string Script(string cmdlet)
    {
        string folder = _user.Folder, fabric = $"(Import-WgFabric {folder}/fabric.psd1)", peer = s_public;
        string fresh = $"{folder}/{Guid.NewGuid():n}";
        return cmdlet switch
        {
            "Get-WgPublicKey" => "New-WgKey | Get-WgPublicKey",
            "Export-WgKey" => $"New-WgKey | Export-WgKey {fresh}",
            "Import-WgKey" => $"New-WgKey | Export-WgKey {fresh}; Import-WgKey {fresh}",
            "New-WgTunnel" => "New-WgTunnel wg9 -PrivateKey (New-WgKey) -Backend Userspace",
            "Set-WgTunnel" => "Set-WgTunnel wg0 -Mtu 1400 -FirewallMark 1",
            "Remove-WgTunnel" => "Remove-WgTunnel wg1",
            "Test-WgTunnel" => "Test-WgTunnel wg0",
            "Get-WgTunnel" or "Get-WgPeer" => $"{cmdlet} wg0",
            "Add-WgPeer" => "Add-WgPeer wg0 (New-WgKey).PublicKey",
            "Set-WgPeer" => $"Set-WgPeer wg0 {peer} -PersistentKeepalive 5",
            "Remove-WgPeer" => $"Remove-WgPeer wg0 {peer}",
            "Wait-WgPeer" => "Wait-WgPeer wg0 -Timeout 0.1 -ErrorVariable late 2>$null; $late.Where({ $_.CategoryInfo.Category -ne 'OperationTimeout' })",
            "Import-WgConfig" => $"ConvertFrom-WgConfig \"[Interface]`nListenPort = 5999\" | Import-WgConfig -Tunnel wg0 -Mode Sync",
            "Export-WgConfig" => $"Export-WgConfig wg0 {fresh}",
            "ConvertFrom-WgConfig" => "ConvertFrom-WgConfig \"[Interface]`nListenPort = 5999\"",
            "ConvertTo-WgConfig" => "ConvertFrom-WgConfig \"[Interface]`nListenPort = 5999\" | ConvertTo-WgConfig",
            "New-NetLink" => "New-NetLink new0 -Kind bridge",
            "Set-NetLink" => "Set-NetLink br0 -Mtu 1400",
            "Remove-NetLink" => "Remove-NetLink gone0",
            "Move-NetLinkToNamespace" => $"Move-NetLinkToNamespace move0 -Namespace {_other}",
            "New-NetLinkAddress" => "New-NetLinkAddress br0 10.9.2.1/24",
            "Remove-NetLinkAddress" => "Remove-NetLinkAddress br0 10.9.1.1/24",
            "New-NetLinkRoute" => "New-NetLinkRoute 10.11.0.0/16 -Gateway 10.9.0.2",
            "Remove-NetLinkRoute" => "Remove-NetLinkRoute 10.10.0.0/16",
            "New-NetNamespace" => $"New-NetNamespace {_world.Name("new")}",
            "Remove-NetNamespace" => $"Remove-NetNamespace {_world.Name("gone")}",
            "Invoke-NetNamespace" => $"Invoke-NetNamespace {_other} {{ 1 }}",
            "Get-NetSysctl" => "Get-NetSysctl net/ipv4/ip_forward",
            "Set-NetSysctl" => "Set-NetSysctl net/ipv4/ip_forward 1",
            "Test-NetReachability" => "Test-NetReachability 127.0.0.1",
            "Import-WgFabric" => $"Import-WgFabric {folder}/fabric.psd1",
            "Get-NetNamespace" => $"Get-NetNamespace {_other}",
            "Get-WgFabricPlan" => $"Get-WgFabricPlan {fabric} -Gateway V1-1",
            "Export-WgFabric" => $"Export-WgFabric {fabric} -Path {fresh}",
            "Export-WgFabricDiagram" => $"Export-WgFabricDiagram {fabric} -Path {fresh}.svg",
            "Initialize-WgFabricKey" => $"Initialize-WgFabricKey (Import-WgFabric {folder}/WgNet/samples/article.psd1) -Gateway V1-1 -ConfigFolder {_world.Folder}/keys -WhatIf",
            "Compare-WgFabric" or "Invoke-WgFabric" => $"{cmdlet} {fabric} -Gateway V1-1 -ConfigFolder {_world.Folder}/keys -RunFolder {_world.Folder}/run",
            "Start-WgFabricLab" => $"Start-WgFabricLab {fabric}",
            "Enable-BirdProtocol" or "Disable-BirdProtocol" or "Restart-BirdProtocol" or "Sync-BirdProtocol" => $"{cmdlet} S4 -ControlSocket {Socket}",
            "Wait-BirdProtocol" => $"Wait-BirdProtocol S4 -State Up -Timeout 1 -ControlSocket {Socket}",
            "Update-BirdConfig" => $"Update-BirdConfig -ControlSocket {Socket}",
            "Invoke-BirdCommand" => $"Invoke-BirdCommand 'show status' -ControlSocket {Socket}",
            _ when cmdlet.Contains("-Bird", StringComparison.Ordinal) => $"{cmdlet} -ControlSocket {Socket}",
            _ => cmdlet,
        };
    }
}
