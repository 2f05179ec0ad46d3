using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Remoting;

/// <summary>
/// A gateway with a tunnel wg0 and one peer, which an sshd lets people into: the built shell as the subsystem <c>powershell</c>, and a
/// real pwsh as <c>pwsh</c>. Made once for a class of tests, at the first that asks.
/// </summary>
public sealed class RemoteGateway : IDisposable
{
    /// <summary>The peer's public key.</summary>
    public const string Peer = "gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=";

    private TestWorld? _world;
    private EngineSession? _client;
    private SshServer? _server;

    internal EngineSession Client => _client!;

    internal SshServer Server => _server!;

    internal TestWorld World => _world!;

    /// <summary>Lines of sshd_config that let people in to the built shell, which finds the built module.</summary>
    internal static string[] Lines { get; } =
    [
        $"Subsystem powershell {BuiltModule.Shell} -sshs -NoLogo -NoProfile",
        "Subsystem pwsh pwsh -sshs -NoLogo -NoProfile",
        string.Join(' ', (string[])["SetEnv", $"PSModulePath={Path.GetDirectoryName(BuiltModule.Folder)}", $"PATH={Environment.GetEnvironmentVariable("PATH")}",
            "POWERSHELL_TELEMETRY_OPTOUT=1", .. Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root ? [$"DOTNET_ROOT={root}"] : Array.Empty<string>()]),
    ];

    /// <summary>Starts it, and in the client a session <c>$s</c>; skips the test where that cannot be.</summary>
    internal void Start()
    {
        if (_server is not null)
            return;
        SshServer.Require();
        _world ??= new TestWorld();
        string ns = _world.Namespace("gw");
        _client = new EngineSession();
        _client.Succeed("$null = New-WgTunnel wg0 -PrivateKey (New-WgKey) -ListenPort 5800 -PeerPublicKey $peer -Endpoint 192.0.2.1:5 -AllowedIPs 10.0.0.0/8, fd00::/8 "
            + "-TransportNamespace $gw -Namespace $gw -Address 169.254.1.0/31", ("peer", Peer), ("gw", ns));
        _server = new SshServer(_world, ns, Lines);
        _client.Succeed($"$s = New-PSSession {_server.Parameters}");
    }

    /// <summary>Processes of ours that still speak with a host: the client's ssh.</summary>
    internal static IEnumerable<string> ClientsOf(string host) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), out _))
        .Select(CommandLine)
        .Where(line => line.StartsWith("/usr/bin/ssh\0", StringComparison.Ordinal) && line.Contains($"\0{host}\0", StringComparison.Ordinal));

    public void Dispose()
    {
        _client?.Dispose();
        _server?.Dispose();
        _world?.Dispose();
    }

    private static string CommandLine(string folder)
    {
        try
        {
            return File.ReadAllText($"{folder}/cmdline");
        }
        catch (IOException)
        {
            return "";
        }
    }
}
