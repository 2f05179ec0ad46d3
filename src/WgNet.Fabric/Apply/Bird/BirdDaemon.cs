namespace WgNet.Fabric;

/// <summary>A BIRD to run: its program, files and namespace.</summary>
internal sealed record BirdDaemon
{
    /// <summary>A name on the PATH, or a path.</summary>
    public required string Program { get; init; }

    public required string ConfigPath { get; init; }

    public required string ControlSocket { get; init; }

    /// <summary>BIRD writes its process id there.</summary>
    public required string PidPath { get; init; }

    /// <summary>The network namespace that it lives in; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    /// <summary>Arguments behind the program's name: in the foreground, since whoever starts it wants to know its end.</summary>
    public string[] Arguments => ["-f", "-c", ConfigPath, "-s", ControlSocket, "-P", PidPath];

    public static BirdDaemon Of(GatewayPlace place) => new()
    {
        Program = place.BirdProgram,
        ConfigPath = place.BirdConfigPath,
        ControlSocket = place.ControlSocket,
        PidPath = place.BirdPidPath,
        Namespace = place.PrivateNamespace,
    };
}
