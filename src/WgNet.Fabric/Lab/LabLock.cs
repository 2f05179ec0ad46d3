namespace WgNet.Fabric;

/// <summary>Held while a lab is started or stopped, so that two sessions do not do it at once.</summary>
internal static class LabLock
{
    /// <summary>Takes the lab's <see cref="SessionLock"/>. Faults "LabBusy", "LabPermissionDenied", "LabFolderUnusable".</summary>
    public static SessionLock Take(string lab, CancellationToken cancel)
    {
        try
        {
            LabRecord.MakeFolder(LabPaths.Root);
            return SessionLock.Take($"{LabPaths.Root}/.{lab}.lock", cancel)
                ?? throw new FaultException("LabBusy", FaultKind.Unavailable, $"The lab '{lab}' is being started or stopped by another session. Try again when that is done.", lab);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw LabRecord.Denied(caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("LabFolderUnusable", FaultKind.Unavailable, $"Cannot keep labs in {LabPaths.Root}: {caught.Message}", LabPaths.Root, caught);
        }
    }
}
