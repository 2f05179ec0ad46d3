namespace WgNet.Netlink;

/// <summary>
/// Names of settings below /proc/sys/net. As in sysctl(8), a name whose first separator is a dot has dots between its parts and a
/// slash for each dot inside one (net.ipv4.conf.eth0/100.forwarding); a name whose first separator is a slash is a path.
/// </summary>
internal static class SysctlName
{
    public const string Root = "/proc/sys/net";

    /// <summary>The parts below "net"; wildcards pass. Fault "InvalidSysctlName".</summary>
    public static string[] Parts(string name)
    {
        int first = name.AsSpan().IndexOfAny('.', '/');
        string path = first >= 0 && name[first] == '.'
            ? string.Create(name.Length, name, (text, original) =>
            {
                for (int i = 0; i < text.Length; i++)
                    text[i] = original[i] switch { '.' => '/', '/' => '.', char c => c };
            })
            : name;
        string[] parts = path.Split('/');
        if (parts.Length < 2 || parts[0] != "net" || parts.Any(part => part is "" or "." or ".." || part.Any(char.IsControl)))
        {
            throw new FaultException("InvalidSysctlName", FaultKind.InvalidArgument,
                $"'{name}' is not the name of a network setting, such as net.ipv6.conf.all.forwarding (or net/ipv4/conf/eth0.100/forwarding for a link with a dot).", name);
        }

        return parts[1..];
    }

    public static string FileOf(IEnumerable<string> parts) => $"{Root}/{string.Join('/', parts)}";

    /// <summary>The name with dots.</summary>
    public static string OfParts(IEnumerable<string> parts) => "net." + string.Join('.', parts.Select(part => part.Replace('.', '/')));
}
