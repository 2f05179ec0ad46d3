namespace WgNet.Fabric;

/// <summary>What a lab's things are called on this machine: everything follows from the lab's name.</summary>
internal static class LabPaths
{
    /// <summary>Every lab has a folder here, readable by root alone. It goes with a reboot, as the namespaces do.</summary>
    public const string Root = "/run/wgnet/labs";

    // A UNIX socket's path has 107 bytes at most (sun_path in include/uapi/linux/un.h), and a lab's control sockets bear a gateway's name too.
    private const int LongestName = 32;

    public static string Folder(string lab) => $"{Root}/{lab}";

    public static string Switch(string lab) => $"{lab}-switch";

    public static string Public(string lab, WgFabricGateway gateway) => $"{lab}-{gateway.Name}";

    public static string Private(string lab, WgFabricGateway gateway) => $"{lab}-{gateway.Name}.private";

    /// <summary>The namespace of a site's router: R1 for the site of number 1, as in the article.</summary>
    public static string Router(string lab, WgFabricSite site) => $"{lab}-{RouterName(site)}";

    public static string RouterName(WgFabricSite site) => FormattableString.Invariant($"R{site.Number}");

    public static GatewayPlace Place(string lab, WgFabricGateway gateway, WgBackend backend) => new()
    {
        PublicNamespace = Public(lab, gateway),
        PrivateNamespace = Private(lab, gateway),
        ConfigFolder = $"{Folder(lab)}/{gateway.Name}",
        RunFolder = $"{Folder(lab)}/{gateway.Name}",
        Backend = backend,
    };

    /// <summary>Fault "InvalidLabName" for what cannot begin a namespace's name and be a folder's.</summary>
    public static void Check(string lab)
    {
        if (lab.Length is 0 or > LongestName || !lab.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') || !char.IsAsciiLetterOrDigit(lab[0]))
        {
            throw new FaultException("InvalidLabName", FaultKind.InvalidArgument,
                $"'{lab}' cannot name a lab: 1 to {LongestName} letters, digits, '-', '_' and '.', the first a letter or digit. Give one with -Name.", lab);
        }
    }
}
