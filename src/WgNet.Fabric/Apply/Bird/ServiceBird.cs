using System.Diagnostics;

namespace WgNet.Fabric;

/// <summary>Lets systemd run a BIRD: it starts it again when it fails, and a log and a status come with it.</summary>
internal sealed class ServiceBird(BirdDaemon daemon, BirdUnitFile unit) : IBirdSupervisor
{
    /// <summary>Where an administrator's units are (systemd.unit(5)).</summary>
    public const string UnitFolder = "/etc/systemd/system";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Whether systemd runs this machine (sd_booted(3)).</summary>
    public static bool IsHere => Directory.Exists("/run/systemd/system");

    public BirdUnitFile Unit => unit;

    public void Start(CancellationToken cancel)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(daemon.ControlSocket)!);
        Control("start", unit.Name);
        OwnBird.WaitForAnswer(daemon, () => null, cancel);
    }

    public void End() => Control("stop", unit.Name);

    /// <summary>Lets systemd read its units again.</summary>
    public static void Reload() => Control("daemon-reload");

    private static void Control(params string[] arguments)
    {
        string command = $"systemctl {string.Join(' ', arguments)}";
        try
        {
            using Process process = Process.Start(new ProcessStartInfo("systemctl", ["--no-ask-password", .. arguments]) { RedirectStandardError = true })!;
            Task<string> said = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill();
                throw new FaultException("ServiceManagerTimeout", FaultKind.Timeout, $"'{command}' did not end within {s_limit.TotalSeconds} s.", command);
            }

            if (process.ExitCode != 0)
                throw new FaultException("ServiceManagerFailed", FaultKind.Unavailable, $"'{command}' failed: {said.Result.Trim()}", command);
        }
        catch (System.ComponentModel.Win32Exception caught)
        {
            throw new FaultException("ServiceManagerFailed", FaultKind.Unavailable, $"'{command}' does not start: {caught.Message}", command, caught);
        }
    }
}
