using System.Diagnostics;
using System.Security.Cryptography;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.WireGuard;

/// <summary>
/// A wireguard-go of the test's own, started without the module and under its own name, so that Debian's wg reaches it by that name.
/// </summary>
internal sealed class RealDevice : IDisposable
{
    private readonly Process _daemon;

    public RealDevice(string ns)
    {
        Requires.Program("wireguard-go");
        Requires.Program("wg");
        Name = "wgt" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        Namespace = ns;
        _daemon = Native.Start("ip", "netns", "exec", ns, "env", "WG_PROCESS_FOREGROUND=1", "wireguard-go", "-f", Name);
        long start = Stopwatch.GetTimestamp();
        while (Native.Run("wg", "show", Name).ExitCode != 0)
        {
            if (_daemon.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                throw new InvalidOperationException($"wireguard-go did not start: {(_daemon.HasExited ? _daemon.StandardError.ReadToEnd() : "no socket")}");
            Thread.Sleep(20);
        }
    }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>What `wg showconf` prints, its peers in the order of their keys.</summary>
    public string ShowConf() => Sorted(Native.Succeed("wg", "showconf", Name));

    /// <summary>A configuration with its [Peer] sections in the order of their texts.</summary>
    public static string Sorted(string config)
    {
        string[] sections = [.. config.Split("[Peer]\n").Select(section => section.Trim('\n'))];
        return string.Join("\n[Peer]\n", (string[])[sections[0], .. sections[1..].Order(StringComparer.Ordinal)]);
    }

    public void Dispose()
    {
        // ip replaces itself by env, env by the daemon: one process.
        _daemon.Kill();
        _daemon.WaitForExit();
        _daemon.Dispose();
        File.Delete($"/run/wireguard/{Name}.sock");
    }
}
