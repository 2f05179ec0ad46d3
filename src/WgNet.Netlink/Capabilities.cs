using System.Globalization;

namespace WgNet.Netlink;

/// <summary>The capabilities that this product's work can need, by their numbers (include/uapi/linux/capability.h).</summary>
public enum Capability
{
    /// <summary>Use files whose mode says no: root's sockets, /run/netns, /dev/net/tun.</summary>
    CAP_DAC_OVERRIDE = 1,

    /// <summary>Change a network namespace; read a device of the kernel's WireGuard.</summary>
    CAP_NET_ADMIN = 12,

    /// <summary>Send and receive below TCP and UDP: ICMP echo.</summary>
    CAP_NET_RAW = 13,

    /// <summary>Look into other users' processes: which interface a wireguard-go serves.</summary>
    CAP_SYS_PTRACE = 19,

    /// <summary>Enter another namespace (setns(2)); make one, and bind it to its name (mount(2)).</summary>
    CAP_SYS_ADMIN = 21,
}

/// <summary>What the calling thread may do beyond an ordinary user (capabilities(7)), and the sentences that say what it lacks.</summary>
public static class Capabilities
{
    private const string Status = "/proc/thread-self/status";
    private const string Line = "\nCapEff:";

    /// <summary>Whether the thread has all of them in effect, in the user namespace that it is in.</summary>
    public static bool Has(params ReadOnlySpan<Capability> wanted) => Has(Effective(), wanted);

    /// <summary>
    /// The end of an error message: which capabilities the work needs, which of them this thread lacks, and what to do.
    /// </summary>
    public static string Advice(params ReadOnlySpan<Capability> needed) => Advice(Effective(), needed);

    internal static string Advice(ulong effective, ReadOnlySpan<Capability> needed)
    {
        var missing = new List<string>();
        var all = new List<string>();
        foreach (Capability capability in needed)
        {
            all.Add(capability.ToString());
            if (!Has(effective, capability))
                missing.Add(capability.ToString());
        }

        string names = string.Join(" and ", all);
        if (missing.Count == 0)
            return $"This needs {names}; this process has it, but not over what belongs to another user namespace. See about_WgNet_Rights.";
        string lacks = missing.Count == all.Count ? "" : $", of which this process lacks {string.Join(" and ", missing)}";
        return $"This needs {names}{lacks}: run as root, or with that capability (about_WgNet_Rights).";
    }

    private static bool Has(ulong effective, params ReadOnlySpan<Capability> wanted)
    {
        foreach (Capability capability in wanted)
        {
            if ((effective >> (int)capability & 1) == 0)
                return false;
        }

        return true;
    }

    // Without /proc nothing is known, and nothing is claimed.
    private static ulong Effective()
    {
        try
        {
            string text = File.ReadAllText(Status);
            int start = text.IndexOf(Line, StringComparison.Ordinal) + Line.Length;
            return ulong.Parse(text.AsSpan(start, text.IndexOf('\n', start) - start).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException or FormatException or ArgumentException)
        {
            return 0;
        }
    }
}
