using System.IO.Enumeration;
using System.Text;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>Names of interfaces and namespaces, and the ports that go with them.</summary>
internal static class InterfaceRules
{
    public static string? Prefix(MapReader map)
    {
        if (map.Text("InterfacePrefix") is not { } text)
            return null;
        if (text.Length > 0 && char.IsAsciiLetter(text[0]) && text.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-'))
            return text;
        map.Problems.Add(map.At("InterfacePrefix"), "FabricInvalidName", $"'{FileProblems.Shown(text)}' cannot begin an interface's name. Use letters, digits, '_' and '-', a letter first.");
        return null;
    }

    /// <summary>A namespace's name; '' is the machine's own.</summary>
    public static string? Namespace(MapReader? map, string key)
    {
        if (map?.Text(key) is not { } text)
            return null;
        if (text.Length == 0 || FileNames.IsPossible(text))
            return text;
        map.Problems.Add(map.At(key), "FabricInvalidName", $"'{FileProblems.Shown(text)}' cannot name a namespace here. Use letters, digits, '.', '_' and '-', or '' for the machine's own.");
        return null;
    }

    public static string[] Patterns(MapReader map)
    {
        var patterns = new List<string>();
        foreach (Located<string> text in map.Texts("SiteInterfaces", "an interface's name, * and ? are wildcards"))
        {
            if (text.Value.Length > 0 && Encoding.UTF8.GetByteCount(text.Value) <= LinkName.MaximumBytes
                && text.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '_' or '-' or '*' or '?'))
                patterns.Add(text.Value);
            else
                map.Problems.Add(text.Place, "FabricInvalidName", $"'{FileProblems.Shown(text.Value)}' names no interface: up to {LinkName.MaximumBytes} letters, digits, '.', '_', '-' and the wildcards * and ?.");
        }

        if (patterns.Count == 0 && !map.Items("SiteInterfaces").Any())
            map.Problems.Add(map.At("SiteInterfaces"), "FabricMissingKey", "A gateway needs at least one interface to its site. Give a name or pattern such as 'eth*'.");
        return [.. patterns];
    }

    public static void Check(WgFabric fabric, MapReader map, SiteDraft[] sites)
    {
        if (fabric.PublicNamespace == fabric.PrivateNamespace)
        {
            map.Problems.Add(map.At("Namespaces"), "FabricInvalidName",
                $"The encrypted and the clear side are one namespace, '{fabric.PublicNamespace}': tunnels could be routed into themselves. Give them two.");
        }

        GatewayDraft[] gateways = [.. sites.SelectMany(site => site.Gateways).Where(gateway => gateway.Made is not null)];
        foreach (GatewayDraft gateway in gateways)
        {
            if (Encoding.UTF8.GetByteCount(Interface(fabric, gateway)) > LinkName.MaximumBytes)
            {
                map.Problems.Add(map.At("InterfacePrefix"), "FabricInvalidName",
                    $"The tunnels to {gateway.Name} would be called '{FileProblems.Shown(Interface(fabric, gateway))}': more than {LinkName.MaximumBytes} bytes. Shorten the prefix.");
                break;
            }
        }

        if (gateways.MaxBy(gateway => gateway.Number) is { } highest && fabric.BasePort + highest.Number > ushort.MaxValue)
        {
            map.Problems.Add(map.At("BasePort"), "FabricInvalidValue",
                $"The tunnels to {highest.Name}, number {highest.Number}, would listen at port {fabric.BasePort + highest.Number}; the highest is {ushort.MaxValue}. Lower BasePort or the number.");
        }

        foreach (string pattern in fabric.SiteInterfaces)
        {
            if (gateways.FirstOrDefault(gateway => FileSystemName.MatchesSimpleExpression(pattern, Interface(fabric, gateway), ignoreCase: false)) is { } tunnel)
            {
                map.Problems.Add(map.At(map.Has("SiteInterfaces") ? "SiteInterfaces" : "InterfacePrefix"), "FabricInvalidName",
                    $"'{pattern}' means the tunnel {Interface(fabric, tunnel)} too: routes of one site would be passed on as another's. Tell the two apart by name.");
            }
        }
    }

    private static string Interface(WgFabric fabric, GatewayDraft gateway) => fabric.InterfaceTo(gateway.Made!);
}
