using System.Diagnostics;
using System.Security.Cryptography;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.WireGuard;

/// <summary>
/// A device of the test's own, made without the module: the kernel's, or a wireguard-go under its own name, by which Debian's wg reaches it.
/// </summary>
internal sealed class RealDevice : IDisposable
{
    private readonly Process? _daemon;

    public RealDevice(string ns)
    {
        Requires.Program("wg");
        Name = "wgt" + RandomNumberGenerator.GetHexString(8, lowercase: true);
        Namespace = ns;
        if (Backend.IsKernel)
        {
            Native.Ip($"-n {ns} link add {Name} type wireguard");
            Native.Ip($"-n {ns} link set {Name} up");
            return;
        }

        Requires.Program("wireguard-go");
        _daemon = Native.Start("ip", "netns", "exec", ns, "env", "WG_PROCESS_FOREGROUND=1", "wireguard-go", "-f", Name);
        long start = Stopwatch.GetTimestamp();
        while (!UnixSocket.DeviceAnswers(Name))
        {
            if (_daemon.HasExited || Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(20))
                throw new InvalidOperationException($"wireguard-go did not start: {(_daemon.HasExited ? _daemon.StandardError.ReadToEnd() : "no socket")}");
            Thread.Sleep(20);
        }
    }

    public string Name { get; }

    public string Namespace { get; }

    /// <summary>Runs <c>wg VERB NAME …</c>, which must succeed.</summary>
    public string Wg(string verb, params string[] rest) =>
        _daemon is null ? Backend.WgIn(Namespace, verb, Name, rest) : Native.Succeed("wg", [verb, Name, .. rest]);

    /// <summary>What `wg showconf` prints, its peers in the order of their keys.</summary>
    public string ShowConf() => Sorted(Wg("showconf"));

    /// <summary>A configuration with its [Peer] sections in the order of their texts.</summary>
    public static string Sorted(string config)
    {
        string[] sections = [.. config.Split("[Peer]\n").Select(section => section.Trim('\n'))];
        return string.Join("\n[Peer]\n", (string[])[sections[0], .. sections[1..].Order(StringComparer.Ordinal)]);
    }

    public void Dispose()
    {
        if (_daemon is null)
        {
            Native.Run("ip", "-n", Namespace, "link", "del", Name);
            return;
        }

        // ip replaces itself by env, env by the daemon: one process.
        _daemon.Kill();
        _daemon.WaitForExit();
        _daemon.Dispose();
        File.Delete($"/run/wireguard/{Name}.sock");
    }
}
