using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using WgNet.Netlink;
using WgNet.WireGuard.Processes;

namespace WgNet.WireGuard.Userspace;

/// <summary>Starts Debian's wireguard-go for machines whose kernel has no WireGuard.</summary>
internal static class WireGuardGo
{
    /// <summary>What the start names of our devices begin with.</summary>
    public const string NamePrefix = "wgn-";

    private const string Program = "wireguard-go";

    // How Go puts EACCES and EPERM (syscall/zerrors_linux_*.go).
    private static readonly string[] s_refusals = ["permission denied", "operation not permitted"];
    private static readonly TimeSpan s_startLimit = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Starts a daemon in a namespace and waits until its UAPI socket answers. The device gets a name of its own, since all UAPI sockets
    /// share one directory whatever the namespace: the caller moves it and gives it the user's name in one request.
    /// </summary>
    /// <returns>The daemon, its device still under its start name.</returns>
    public static UserspaceDaemon Start(NetNamespaceHandle transport, CancellationToken cancel)
    {
        string path = Locate();
        StaleSockets.Remove();
        string name = NamePrefix + RandomNumberGenerator.GetHexString(10, lowercase: true);
        using var log = new DaemonLog();

        // Nothing of the caller's environment: it is readable in /proc, and none of the daemon's business.
        string[] environment = ["PATH=/usr/sbin:/usr/bin:/sbin:/bin", "LOG_LEVEL=error", "WG_PROCESS_FOREGROUND=1"];
        int pid = Spawn.Daemon(path, ["-f", name], environment, log.Descriptor, transport);
        ChildProcesses.Watch(pid);
        var daemon = new UserspaceDaemon(name, pid);
        try
        {
            WaitForSocket(daemon, log, cancel);
            log.Seal();
            return daemon;
        }
        catch
        {
            daemon.End();
            throw;
        }
    }

    private static string Locate() => Programs.Find(Program)
        ?? throw new FaultException("WireGuardGoNotFound", FaultKind.Unavailable,
            "This kernel has no WireGuard, and wireguard-go is not on the PATH. Install it: apt-get install --no-install-recommends wireguard-go", Program);

    private static void WaitForSocket(UserspaceDaemon daemon, DaemonLog log, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (!Answers(daemon.SocketPath))
        {
            cancel.ThrowIfCancellationRequested();
            if (ChildProcesses.HasExited(daemon.ProcessId))
            {
                string said = log.Read();
                throw Array.Exists(s_refusals, words => said.Contains(words, StringComparison.OrdinalIgnoreCase))
                    ? new FaultException("WireGuardGoPermissionDenied", FaultKind.PermissionDenied,
                        $"wireguard-go may not make its interface: {said}. It opens /dev/net/tun and writes into {UserspaceDevice.SocketDirectory}. "
                        + Capabilities.Advice(Capability.CAP_NET_ADMIN, Capability.CAP_DAC_OVERRIDE), Program)
                    : new FaultException("WireGuardGoFailed", FaultKind.Unavailable,
                        $"wireguard-go ended while it started: {said}. It needs /dev/net/tun and CAP_NET_ADMIN.", Program);
            }

            if (Stopwatch.GetElapsedTime(start) > s_startLimit)
            {
                throw new FaultException("WireGuardGoTimeout", FaultKind.Timeout,
                    $"wireguard-go opened no socket {daemon.SocketPath} within {s_startLimit.TotalSeconds:0} s: {log.Read()}", Program);
            }

            Thread.Sleep(1);
        }
    }

    /// <summary>Whether somebody listens at a daemon's UAPI socket: one that is bound refuses until then, and `wg` removes a socket that does.</summary>
    public static bool Answers(string path)
    {
        if (!File.Exists(path))
            return false;
        using Socket probe = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
