using System.Globalization;

[assembly: AssemblyFixture(typeof(WgNet.IntegrationTests.Support.SshPrivilegeFolder))]

namespace WgNet.IntegrationTests.Support;

/// <summary>
/// A real OpenSSH server inside a namespace of the test, with keys and a configuration of its own: nothing of the machine's /etc/ssh or
/// of anybody's ~/.ssh is read or written. It listens on port 22 of all addresses of the namespace.
/// </summary>
/// <remarks>
/// Clients need no cable: <see cref="HostName"/> is the namespace's name, and the options given to <c>ssh</c> make it connect to that
/// namespace's loopback (<c>nc -F</c> hands the connected socket over, so that <c>ssh</c> itself holds the connection). So one client
/// reaches many servers, and each shows under its own name.
/// </remarks>
internal sealed class SshServer : IDisposable
{
    private readonly string _folder;
    private readonly Daemon _daemon;

    /// <summary>Starts it and waits until it listens.</summary>
    /// <param name="world">The test's world; its folder keeps the server's files.</param>
    /// <param name="ns">A namespace of that world.</param>
    /// <param name="lines">More lines of sshd_config: <c>Subsystem</c>, <c>Match User</c>, <c>ForceCommand</c> ….</param>
    public SshServer(TestWorld world, string ns, params string[] lines)
    {
        Require();
        HostName = ns;
        _folder = Path.Combine(world.Folder, $"ssh-{ns}");
        Directory.CreateDirectory(_folder);
        // An ordinary user's login reads its authorized keys as that user.
        Native.Succeed("chmod", "a+x", world.Folder, _folder);
        Native.Succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", $"{_folder}/host");
        Native.Succeed("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "test", "-f", KeyFile);
        File.WriteAllText($"{_folder}/known", $"{HostName} {File.ReadAllText($"{_folder}/host.pub")}");
        Native.Succeed("chmod", "a+r", $"{KeyFile}.pub");
        File.WriteAllLines($"{_folder}/config",
        [
            "Port 22",
            $"HostKey {_folder}/host",
            $"PidFile {_folder}/pid",
            $"AuthorizedKeysFile {KeyFile}.pub",
            "AuthenticationMethods publickey",
            "PermitRootLogin yes",
            "UsePAM no",
            // The keys are in a folder under /tmp, which everybody may write to.
            "StrictModes no",
            "PrintMotd no",
            // Six sessions and more at once are what these tests do.
            "MaxStartups 100",
            .. Environment.GetEnvironmentVariable("DOTNET_ROOT") is { Length: > 0 } root && !lines.Any(line => line.StartsWith("SetEnv ", StringComparison.Ordinal))
                ? [$"SetEnv DOTNET_ROOT={root}"] : Array.Empty<string>(),
            .. lines,
        ]);
        _daemon = Daemon.StartIn(ns, "/usr/sbin/sshd", "-D", "-f", $"{_folder}/config", "-E", $"{_folder}/log");
        try
        {
            Wait.Until(() => Log.Contains("Server listening on 0.0.0.0", StringComparison.Ordinal) || _daemon.HasExited, "sshd to listen");
            Assert.False(_daemon.HasExited, $"sshd ended at once: {Log}");
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>What clients call it: the namespace.</summary>
    public string HostName { get; }

    /// <summary>A private key that logs in, as any user whose account is not locked (<c>useradd -p '*'</c>).</summary>
    public string KeyFile => $"{_folder}/user";

    /// <summary>What the server has written so far.</summary>
    public string Log => File.Exists($"{_folder}/log") ? File.ReadAllText($"{_folder}/log") : "";

    /// <summary>The options of <c>ssh</c> as a hash table's text, for <c>-Options</c> of New-PSSession and Invoke-Command.</summary>
    public string Options => $"@{{ {string.Join("; ", Settings.Select(setting => $"{setting.Name} = '{setting.Value}'"))} }}";

    /// <summary>The parameters that lead New-PSSession, Invoke-Command and Enter-PSSession here, as root.</summary>
    public string Parameters => $"-HostName {HostName} -UserName root -KeyFilePath '{KeyFile}' -Options {Options}";

    /// <summary>The arguments of a plain <c>ssh</c> before its command, as root.</summary>
    public string[] Arguments => [.. Settings.SelectMany(setting => new[] { "-o", $"{setting.Name}={setting.Value}" }), "-i", KeyFile, "-l", "root", HostName];

    private (string Name, string Value)[] Settings =>
    [
        ("ProxyCommand", "ip netns exec %h nc -F 127.0.0.1 22"), ("ProxyUseFdpass", "yes"),
        ("UserKnownHostsFile", $"{_folder}/known"), ("GlobalKnownHostsFile", "/dev/null"), ("StrictHostKeyChecking", "yes"),
        ("IdentitiesOnly", "yes"), ("BatchMode", "yes"), ("LogLevel", "ERROR"),
    ];

    /// <summary>Skips a test that cannot have a server.</summary>
    public static void Require()
    {
        Requires.Root();
        Assert.SkipUnless(File.Exists("/usr/sbin/sshd"), "needs sshd (openssh-server)");
        Requires.Program("ssh");
        Requires.Program("nc");
    }

    /// <summary>Lets another server accept the same user key, and its clients know the other's host key: for several hosts in one command.</summary>
    public void Share(SshServer other)
    {
        File.AppendAllText($"{_folder}/known", $"{other.HostName} {File.ReadAllText($"{other._folder}/host.pub")}");
        File.AppendAllText($"{other.KeyFile}.pub", File.ReadAllText($"{KeyFile}.pub"));
    }

    /// <summary>The processes that serve connections now, with what they started.</summary>
    public IReadOnlyList<int> Sessions => [.. Native.Run("ip", "netns", "pids", HostName).Output
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture))
        .Where(IsDescendant)];

    /// <summary>SIGKILL to the server and to all that it started, as a gateway that dies.</summary>
    public void Kill()
    {
        foreach (int pid in (int[])[_daemon.Id, .. Sessions])
            Native.Run("kill", "-KILL", $"{pid}");
    }

    public void Dispose()
    {
        Kill();
        _daemon.Dispose();
    }

    private bool IsDescendant(int pid)
    {
        for (int up = Parent(pid); up > 1; up = Parent(up))
        {
            if (up == _daemon.Id)
                return true;
        }

        return false;
    }

    // The fourth field of its stat, behind the name in brackets; 0 when it is gone.
    private static int Parent(int pid)
    {
        try
        {
            string stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

/// <summary>The empty folder that sshd locks its unprivileged part into; where no service manager made it, the tests do, and remove it.</summary>
public sealed class SshPrivilegeFolder : IDisposable
{
    private const string Place = "/run/sshd";

    private readonly bool _made;

    /// <summary>Makes the folder where it is missing.</summary>
    public SshPrivilegeFolder()
    {
        if (!Environment.IsPrivilegedProcess || Directory.Exists(Place))
            return;
        Directory.CreateDirectory(Place, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute
            | UnixFileMode.GroupRead | UnixFileMode.GroupExecute | UnixFileMode.OtherRead | UnixFileMode.OtherExecute);
        _made = true;
    }

    /// <summary>Removes it if it was made here.</summary>
    public void Dispose()
    {
        if (_made)
            Directory.Delete(Place);
    }
}
