using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;

namespace WgNet.Bench;

/// <summary>Six gateways asked for their peers at once, over real sshds: sessions of PowerShell beside plain ssh and wg.</summary>
internal static class RemotingWorkloads
{
    private const string Group = "Remoting";

    public static void Run(Stage stage, Runner runner)
    {
        foreach (string needed in (string[])["/usr/sbin/sshd", "/usr/bin/ssh", "/usr/bin/nc"])
        {
            if (!File.Exists(needed))
                throw new BenchException($"needs {needed} (openssh-server, openssh-client, netcat-openbsd)");
        }

        stage.Own(new PrivilegeFolder());
        string shell = Shell(stage.Shell);
        Programs.Run(stage.Stop, "ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", $"{stage.Folder}/key");
        int count = stage.Size(6, 2);
        string[] names = stage.Namespaces("gw", count);
        var known = new StringBuilder();
        var gateways = new List<BenchGateway>();
        foreach (string name in names)
        {
            Programs.Run(stage.Stop, "ip", "-n", name, "link", "set", "lo", "up");
            known.Append($"{name} {File.ReadAllText($"{stage.Folder}/key.pub")}");
            gateways.Add(stage.Own(BenchGateway.Start(stage, name, $"{shell} -sshs -NoLogo -NoProfile", Configuration(10))));
        }

        stage.WriteLines("known", [known.ToString()]);
        gateways.ForEach(gateway => gateway.WaitUntilReady(stage));

        (string Name, string Value)[] options =
        [
            ("ProxyCommand", "ip netns exec %h nc -F 127.0.0.1 22"), ("ProxyUseFdpass", "yes"), ("UserKnownHostsFile", $"{stage.Folder}/known"),
            ("GlobalKnownHostsFile", "/dev/null"), ("IdentitiesOnly", "yes"), ("BatchMode", "yes"), ("LogLevel", "ERROR"),
        ];
        string words = string.Join(' ', options.Select(option => $"-o '{option.Name}={option.Value}'"));
        Side plain = stage.Programs.Side("ssh gw wg show all dump, in parallel", null, "sh", "-c",
            string.Join(" & ", names.Select(name => $"ssh {words} -i {stage.Folder}/key -l root {name} wg show all dump")) + " & wait");
        string table = $"@{{ {string.Join("; ", options.Select(option => $"{option.Name} = '{option.Value}'"))} }}";
        string Parameters(IEnumerable<string> hosts) => $"-HostName {string.Join(", ", hosts)} -UserName root -KeyFilePath '{stage.Folder}/key' -Options {table}";

        string them = $"{count} gateways";
        const string Work = "{ Get-WgPeer }";
        Side cold = stage.Engine.Side("Invoke-Command -HostName", $"@(Invoke-Command {Parameters(names)} {Work}).Count");
        runner.Run(Group, new Workload($"peers of {them}, from connecting", count, cold with { CountCalls = null }, plain with { CountCalls = null }));
        stage.Engine.Run($"$global:gateways = New-PSSession {Parameters(names)}");
        Side open = stage.Engine.Side("Invoke-Command -Session", $"@(Invoke-Command -Session $gateways {Work}).Count");
        runner.Run(Group, new Workload($"peers of {them}, on open sessions", count, open with { CountCalls = null }, plain with { CountCalls = null }));
        stage.Engine.Run("Remove-PSSession $gateways");
        runner.Run(Group, new Figure("the first object of one gateway, from connecting", "ms", () => stage.Engine.Run($"$null = Invoke-Command {Parameters(names.Take(1))} {{ 1 }}").Seconds * 1000));
        runner.Run(Group, new Figure("a start of the gateway's shell", "ms", () => stage.Programs.Measure(shell, "-Command", "1").Seconds * 1000, 400) { Rounds = 9 });
    }

    // As a gateway without .NET has it (build.ps1 Gateway); the build's own shell where that was not made.
    private static string Shell(string built)
    {
        string architecture = RuntimeInformation.ProcessArchitecture == Architecture.Arm64 ? "linux-arm64" : "linux-x64";
        string published = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(built)!, "..", "gateway", architecture, "WgNet.Shell"));
        return File.Exists(published) ? published : built;
    }

    private static string Configuration(int peers)
    {
        var text = new StringBuilder($"[Interface]\nPrivateKey = {Key()}\nListenPort = 5800\n");
        for (int i = 0; i < peers; i++)
            text.Append($"[Peer]\nPublicKey = {Key()}\nEndpoint = 10.0.0.9:{1000 + i}\nAllowedIPs = 10.0.{i}.0/24, fd00:{i:x}::/32\n");
        return text.ToString();
    }

    private static string Key() => Convert.ToBase64String(RandomNumberGenerator.GetBytes(32));

    /// <summary>What sshd locks its unprivileged part into; made where no service manager did, and removed then.</summary>
    private sealed class PrivilegeFolder : IDisposable
    {
        private const string Place = "/run/sshd";
        private readonly bool _made = !Directory.Exists(Place);

        public PrivilegeFolder()
        {
            if (_made)
                Directory.CreateDirectory(Place);
        }

        public void Dispose()
        {
            // A test's server beside this run may have made use of it, which it survives: each connection looks for it anew.
            if (_made && Directory.Exists(Place))
                Directory.Delete(Place);
        }
    }
}
