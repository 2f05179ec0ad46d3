namespace WgNet.Fabric;

/// <summary>Held while a lab is started or stopped, so that two sessions do not do it at once.</summary>
internal static class LabLock
{
    /// <summary>Takes the lock; disposing gives it back, and so does the end of the process. Faults "LabBusy", "LabPermissionDenied".</summary>
    public static IDisposable Take(string lab)
    {
        LabRecord.MakeFolder(LabPaths.Root);
        string path = $"{LabPaths.Root}/.{lab}.lock";
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw LabRecord.Denied(caught);
        }
        catch (IOException caught)
        {
            throw new FaultException("LabBusy", FaultKind.Unavailable, $"The lab '{lab}' is being started or stopped by another session. Try again when that is done.", lab, caught);
        }
    }
}
