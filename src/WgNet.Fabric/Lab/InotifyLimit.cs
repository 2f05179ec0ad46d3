using System.Globalization;
using System.Numerics;
using WgNet.Netlink;
using WgNet.WireGuard.Tunnels;
using WgNet.WireGuard.Userspace;

namespace WgNet.Fabric;

/// <summary>
/// Each wireguard-go takes one of the inotify instances that a user may have on the whole machine (it watches its socket's file,
/// ipc/uapi_linux.go), 128 as Linux comes: a lab with more tunnel ends needs more.
/// </summary>
internal static class InotifyLimit
{
    /// <summary>The setting, machine-wide.</summary>
    public const string Name = "fs.inotify.max_user_instances";

    private const string File = "/proc/sys/fs/inotify/max_user_instances";

    // What other programs of the same user have.
    private const int Others = 100;

    /// <summary>Raises the limit where a lab needs it; what it was and is, or null where it is left alone. Fault "LabInotifyLimit".</summary>
    /// <param name="ends">How many tunnel ends the lab is about to make.</param>
    /// <param name="backend">What they are made with.</param>
    public static (int Before, int After)? Raise(int ends, WgBackend backend)
    {
        if (ends <= Others / 4 || backend == WgBackend.Kernel || (backend == WgBackend.Auto && KernelHasWireGuard()) || Read() is not { } before)
            return null;
        int sockets = Directory.Exists(UserspaceDevice.SocketDirectory) ? Directory.GetFiles(UserspaceDevice.SocketDirectory).Length : 0;
        int needed = ends + sockets + Others;
        if (needed <= before)
            return null;
        int after = (int)BitOperations.RoundUpToPowerOf2((uint)needed);
        try
        {
            Write(after);
            return (before, after);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            throw new FaultException("LabInotifyLimit", FaultKind.Unavailable,
                $"The lab's {ends} new tunnel ends need as many inotify instances, and this machine allows {before} in all: {caught.Message} Raise it first: sysctl -w {Name}={after}", Name, caught);
        }
    }

    /// <summary>Sets the limit back, unless somebody else has changed it meanwhile.</summary>
    public static void Restore(int before, int after)
    {
        try
        {
            if (Read() == after)
                Write(before);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // A limit that stays too high harms nobody.
        }
    }

    private static bool KernelHasWireGuard()
    {
        using RouteSession session = RouteSession.Open((string?)null);
        return Links.IsKindKnown(session, LocatedTunnel.KernelKind);
    }

    private static int? Read() => System.IO.File.Exists(File) && int.TryParse(System.IO.File.ReadAllText(File).AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : null;

    private static void Write(int value) => System.IO.File.WriteAllText(File, value.ToString(CultureInfo.InvariantCulture));
}
