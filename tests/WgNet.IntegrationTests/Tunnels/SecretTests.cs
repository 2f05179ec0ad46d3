using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Tunnels;

/// <summary>
/// While tunnels are made, changed, listed and refused, no private or preshared key shows in a process's arguments or environment, in an
/// error, a verbose line, a transcript, an object's text, or a temporary file.
/// </summary>
public sealed class SecretTests : IDisposable
{
    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void KeysShowNowhere()
    {
        string ns = _world.Namespace("a");
        DateTime started = DateTime.UtcNow;
        _engine.Succeed("$key = New-WgKey; $shared = New-WgKey -PresharedKey; $peer = (New-WgKey).PublicKey", ("ns", ns));
        string[] secrets = Spellings(_engine.Succeed("$key.PrivateKey.Reveal(); $shared.Reveal()").Select(secret => secret.ToString()));

        EngineResult result = _engine.Run(
            """
            $VerbosePreference = 'Continue'; $DebugPreference = 'Continue'; $InformationPreference = 'Continue'
            $tunnel = New-WgTunnel wg0 -PrivateKey $key -PeerPublicKey $peer -PresharedKey $shared -Endpoint 192.0.2.1:9 -TransportNamespace $ns -Namespace $ns
            New-WgTunnel wg0 -PrivateKey $key -PeerPublicKey $peer -PresharedKey $shared -TransportNamespace $ns -Namespace $ns
            New-WgTunnel wg1 -PrivateKey "$($key.PrivateKey.Reveal())x" -TransportNamespace $ns -Namespace $ns
            New-WgTunnel wg1 -PrivateKey $key -PeerPublicKey $peer -PresharedKey "$($shared.Reveal())x" -TransportNamespace $ns -Namespace $ns
            New-WgTunnel wg1 -PrivateKey $key -TransportNamespace $ns -Namespace $ns -Address ff02::1/64
            Set-WgTunnel wg0 -Namespace $ns -PrivateKey $key -ListenPort 70000
            Set-WgPeer wg0 $peer -Namespace $ns -PresharedKey $shared -PassThru
            Get-WgTunnel wg0 -Namespace $ns
            Get-WgPeer wg0 -Namespace $ns
            $key, $shared
            [System.Management.Automation.PSSerializer]::Serialize($key)
            [System.Management.Automation.PSSerializer]::Serialize($tunnel)
            [System.Text.Json.JsonSerializer]::Serialize($key, $key.GetType(), [System.Text.Json.JsonSerializerOptions]::Default)
            [System.Text.Json.JsonSerializer]::Serialize($shared, $shared.GetType(), [System.Text.Json.JsonSerializerOptions]::Default)
            """);

        // Five refusals; otherwise the test has looked at nothing.
        Assert.Equal(["TunnelExists", "InvalidKey", "InvalidKey", "EADDRNOTAVAIL", "InvalidPort"], result.ErrorIds);
        IEnumerable<string> said = result.Errors.SelectMany(error => new[] { error.ToString(), error.Exception.ToString(), error.TargetObject?.ToString() ?? "", error.ErrorDetails?.Message ?? "" })
            .Concat(result.Warnings).Concat(result.Verbose)
            .Concat(result.Output.Select(item => item.ToString()))
            .Concat(result.Output.SelectMany(item => item.Properties.Select(property => Safe(() => property.Value?.ToString()))));
        AssertClean("what the cmdlets said", string.Join('\n', said), secrets);

        foreach (string process in Directory.EnumerateDirectories("/proc").Where(path => char.IsAsciiDigit(Path.GetFileName(path)[0])))
        {
            AssertClean($"the arguments of {process}", Safe(() => File.ReadAllText($"{process}/cmdline")), secrets);
            AssertClean($"the environment of {process}", Safe(() => File.ReadAllText($"{process}/environ")), secrets);
        }

        foreach (string file in RecentFiles(started))
            AssertClean(file, Safe(() => File.ReadAllText(file)), secrets);
    }

    // Base64 as users see it, hexadecimal as the UAPI has it, both cases.
    private static string[] Spellings(IEnumerable<string> keys) =>
        [.. keys.SelectMany(key => new[] { key, Convert.ToHexString(Convert.FromBase64String(key)), Convert.ToHexStringLower(Convert.FromBase64String(key)) })];

    private static void AssertClean(string where, string text, string[] secrets)
    {
        foreach (string secret in secrets)
            Assert.False(text.Contains(secret, StringComparison.Ordinal), $"A key stands in {where}.");
    }

    // What is empty holds no key, and may be a pipe, whose opening would wait for its other end.
    private static IEnumerable<string> RecentFiles(DateTime since)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 2 };
        return new[] { Path.GetTempPath(), "/var/tmp", "/dev/shm", "/run/wireguard" }
            .Where(Directory.Exists)
            .SelectMany(folder => Directory.EnumerateFiles(folder, "*", options))
            .Where(file => Safe(() => File.GetLastWriteTimeUtc(file) >= since && new FileInfo(file).Length is > 0 and < 1 << 20 ? "yes" : "").Length > 0);
    }

    private static string Safe(Func<string?> read)
    {
        try
        {
            return read() ?? "";
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException or System.Management.Automation.RuntimeException)
        {
            return "";
        }
    }
}
