using WgNet.Bird;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>The unit by which systemd keeps the BIRD of a private namespace.</summary>
internal sealed class BirdUnitFile(BirdDaemon daemon, string fabric, string program, string folder)
{
    /// <summary>The unit's name.</summary>
    public string Name => $"wgnet-bird-{fabric}.service";

    public string FilePath => $"{folder}/{Name}";

    /// <summary>
    /// The whole unit. BIRD is root with the four capabilities that routing takes, and sees the system read-only but for its control socket's
    /// folder. It starts again by itself, also at a boot at which the namespace comes later.
    /// </summary>
    public string Text =>
        $"""
        {BirdConfigurationFile.Mark}
        [Unit]
        Description=BIRD of the fabric {fabric}, in the network namespace {NamespaceName}
        After=network-pre.target network.target
        StartLimitIntervalSec=0

        [Service]
        Type=simple
        {(daemon.Namespace.Length == 0 ? "" : $"NetworkNamespacePath={NetNamespaceHandle.PathOf(daemon.Namespace)}\n")}ExecStart={Quoted(program)} {string.Join(' ', daemon.Arguments.Select(Quoted))}
        ExecReload={Quoted(Path.Combine(Path.GetDirectoryName(program) ?? "/usr/sbin", "birdc"))} -s {Quoted(daemon.ControlSocket)} configure
        Restart=on-failure
        RestartSec=2
        CapabilityBoundingSet=CAP_NET_ADMIN CAP_NET_BIND_SERVICE CAP_NET_BROADCAST CAP_NET_RAW
        NoNewPrivileges=yes
        ProtectSystem=strict
        ReadWritePaths={Quoted(Path.GetDirectoryName(daemon.ControlSocket)!)}
        ProtectHome=yes
        PrivateTmp=yes
        ProtectClock=yes
        ProtectControlGroups=yes
        ProtectHostname=yes
        ProtectKernelLogs=yes
        ProtectKernelModules=yes
        ProtectKernelTunables=yes
        RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK AF_PACKET
        RestrictNamespaces=yes
        RestrictRealtime=yes
        RestrictSUIDSGID=yes
        LockPersonality=yes
        MemoryDenyWriteExecute=yes
        SystemCallArchitectures=native
        SystemCallFilter=@system-service

        [Install]
        WantedBy=multi-user.target

        """;

    /// <summary>The unit's text as it is; null: there is none. Fault "BirdUnitNotOurs": somebody else wrote it.</summary>
    public string? Read()
    {
        if (!File.Exists(FilePath))
            return null;
        string text = File.ReadAllText(FilePath);
        return text.StartsWith(BirdConfigurationFile.Mark, StringComparison.Ordinal) ? text : throw new FaultException("BirdUnitNotOurs", FaultKind.Exists,
            $"'{FilePath}' was not written by WgNet, and is left as it is. Remove or rename it.", FilePath);
    }

    /// <summary>Puts a text into the unit's place by renaming; null removes it.</summary>
    public void Write(string? text)
    {
        string fresh = $"{folder}/.{Name}.{Path.GetRandomFileName()}";
        try
        {
            if (text is null)
            {
                File.Delete(FilePath);
                return;
            }

            File.WriteAllText(fresh, text);
            File.Move(fresh, FilePath, overwrite: true);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            File.Delete(fresh);
            throw new FaultException("BirdUnitNotWritten", FaultKind.PermissionDenied, $"Cannot write '{FilePath}': {caught.Message}", FilePath, caught);
        }
    }

    private string NamespaceName => daemon.Namespace.Length == 0 ? "of the machine" : $"'{daemon.Namespace}'";

    // systemd.service(5), "Command lines": per cent signs are specifiers, dollar signs variables.
    private static string Quoted(string text)
    {
        string escaped = text.Replace("%", "%%", StringComparison.Ordinal).Replace("$", "$$", StringComparison.Ordinal);
        return escaped.Any(c => char.IsWhiteSpace(c) || c is '"' or '\'' or '\\' or ';')
            ? $"\"{escaped.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\""
            : escaped;
    }
}
