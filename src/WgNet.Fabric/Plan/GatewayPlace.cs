using System.Globalization;

namespace WgNet.Fabric;

/// <summary>
/// Where a gateway of the fabric lives on this machine: a real gateway's own namespaces and folders, or those that a lab gave it. The same
/// code makes both so.
/// </summary>
internal sealed record GatewayPlace
{
    /// <summary>The namespace of the encrypted side; '' is the caller's own.</summary>
    public required string PublicNamespace { get; init; }

    /// <summary>The namespace of the clear side.</summary>
    public required string PrivateNamespace { get; init; }

    /// <summary>Keeps the private key, preshared keys and BIRD's configuration.</summary>
    public required string ConfigFolder { get; init; }

    /// <summary>Keeps the control socket and what else goes with a reboot.</summary>
    public required string RunFolder { get; init; }

    public WgBackend Backend { get; init; }

    /// <summary>BIRD's program: a name on the PATH, or a path.</summary>
    public string BirdProgram { get; init; } = "bird";

    /// <summary>The machine's service manager keeps BIRD, where there is one we know; else BIRD is started as it is, and nothing restarts it.</summary>
    public bool HasServiceManager { get; init; }

    public string PrivateKeyPath => $"{ConfigFolder}/private.key";

    public string BirdConfigPath => $"{ConfigFolder}/bird.conf";

    /// <summary>The folder of the operator's own files in BIRD's configuration.</summary>
    public string BirdIncludeFolder => $"{ConfigFolder}/bird.d";

    /// <summary>Those files; there may be none.</summary>
    public string BirdIncludes => $"{BirdIncludeFolder}/*.conf";

    /// <summary>Holds the process id of a BIRD that was started here.</summary>
    public string BirdPidPath => $"{RunFolder}/bird.pid";

    /// <summary>Held while the gateway is changed.</summary>
    public string LockPath => $"{RunFolder}/lock";

    public string ControlSocket => $"{RunFolder}/bird.ctl";

    /// <summary>The file of the preshared key that a tunnel shares with the gateway of this name.</summary>
    public string PresharedKeyPath(string peerGateway) => string.Create(CultureInfo.InvariantCulture, $"{ConfigFolder}/preshared-{peerGateway}.key");

    /// <summary>Where a real gateway keeps the fabric.</summary>
    public static GatewayPlace OfMachine(WgFabric fabric) => new()
    {
        PublicNamespace = fabric.PublicNamespace,
        PrivateNamespace = fabric.PrivateNamespace,
        ConfigFolder = $"/etc/wgnet/{fabric.Name}",
        RunFolder = $"/run/wgnet/{fabric.Name}",
        HasServiceManager = true,
    };
}
