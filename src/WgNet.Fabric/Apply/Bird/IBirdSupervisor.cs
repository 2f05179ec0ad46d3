namespace WgNet.Fabric;

/// <summary>Who starts and ends the BIRD of a private namespace.</summary>
internal interface IBirdSupervisor
{
    /// <summary>The file that tells a service manager how to run it; null where there is none.</summary>
    BirdUnitFile? Unit { get; }

    /// <summary>Starts it, and waits until its control socket answers. Faults: "BirdProgramNotFound", "BirdNotStarted".</summary>
    void Start(CancellationToken cancel);

    /// <summary>Ends it, and waits for that; does nothing where it does not run. Fault "BirdStillRuns".</summary>
    void End();
}
