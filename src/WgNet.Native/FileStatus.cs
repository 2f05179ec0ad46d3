namespace WgNet.Native;

/// <summary>What stat(2) says of a file.</summary>
/// <param name="Device">The file system that it is on; with the inode it tells whether two paths are one file.</param>
/// <param name="Inode">Its number there.</param>
/// <param name="Mode">Its kind and mode bits.</param>
/// <param name="Owner">The user that it belongs to.</param>
internal readonly record struct FileStatus(ulong Device, ulong Inode, uint Mode, uint Owner)
{
    private const uint KindBits = 0xf000;

    /// <summary>A named pipe, or one without a name.</summary>
    public bool IsPipe => (Mode & KindBits) == 0x1000;

    /// <summary>Whether two paths lead to one file.</summary>
    public bool IsSame(FileStatus other) => (Device, Inode) == (other.Device, other.Inode);
}
