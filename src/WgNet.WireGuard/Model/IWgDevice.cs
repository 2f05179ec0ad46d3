namespace WgNet.WireGuard;

/// <summary>A WireGuard device, whatever serves it.</summary>
/// <remarks>
/// Faults of every back end: "WgDeviceNotFound", "PermissionDenied", "PortInUse" (the system refused the listen port). Each adds its own.
/// </remarks>
internal interface IWgDevice : IDisposable
{
    WgDevice Read(CancellationToken cancel = default);

    /// <summary>Reads it, and does some work in the time in which it writes its answer: a daemon with a thousand peers takes some milliseconds.</summary>
    WgDevice Read(Action? meanwhile, CancellationToken cancel);

    /// <summary>
    /// Makes the changes in order. A refusal half-way leaves what came before it done; the fault says so.
    /// </summary>
    void Apply(WgDeviceChange change, CancellationToken cancel = default);
}
