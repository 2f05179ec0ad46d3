using System.Text;

namespace WgNet.Netlink;

/// <summary>The rules for names of links (dev_valid_name in the kernel's net/core/dev.c), told before the kernel is asked.</summary>
public static class LinkName
{
    /// <summary>IFNAMSIZ without its NUL.</summary>
    public const int MaximumBytes = 15;

    /// <summary>Fault "InvalidLinkName" for what the kernel would refuse, and for control characters and '%', which it would take or replace.</summary>
    public static void Check(string? name)
    {
        string? wrong = Objection(name);
        if (wrong is not null)
        {
            throw new FaultException("InvalidLinkName", FaultKind.InvalidArgument,
                $"'{name}' cannot name a link: {wrong}. A name has 1 to {MaximumBytes} bytes without space, '/', ':' or '%', and is not '.' or '..'.", name);
        }
    }

    /// <summary>Whether a link of this name could exist at all.</summary>
    internal static bool IsPossible(string? name) => Objection(name) is null;

    private static string? Objection(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return "it is empty";
        int bytes = Encoding.UTF8.GetByteCount(name);
        if (bytes > MaximumBytes)
            return $"it has {bytes} bytes";
        if (name is "." or "..")
            return "it would be a folder's own name";
        foreach (char c in name)
        {
            if (char.IsControl(c))
                return "it holds a control character";
            if (char.IsWhiteSpace(c) || c is '/' or ':' or '%')
                return $"it holds '{c}'";
        }

        return null;
    }
}
