namespace WgNet.WireGuard;

/// <summary>A WireGuard device, whatever serves it.</summary>
/// <remarks>
/// Faults of every back end: "WgDeviceNotFound", "PermissionDenied", "PortInUse" (the system refused the listen port). Each adds its own.
/// </remarks>
internal interface IWgDevice : IDisposable
{
    /// <summary>Reads it.</summary>
    WgDevice Read(CancellationToken cancel = default);

    /// <summary>
    /// Lets a device that takes its time to answer begin with what <see cref="Read"/> will ask for: a daemon with a thousand peers writes
    /// for some milliseconds, in which other things can be looked up.
    /// </summary>
    void BeginRead(CancellationToken cancel = default)
    {
    }

    /// <summary>
    /// Makes the changes in order. A refusal half-way leaves what came before it done; the fault says so.
    /// </summary>
    void Apply(WgDeviceChange change, CancellationToken cancel = default);
}
