using System.Globalization;
using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Fabric;

/// <summary>
/// Gateways on this machine, each with a public namespace on one network (gateway N has 10.9.0.N and 10.9.0.10N there), a private one, and
/// folders of its own; and the fabric file that they share. Nothing is applied.
/// </summary>
internal sealed class FabricWorld : IDisposable
{
    private static readonly string[] s_settings = ["net.ipv4.conf.all.forwarding", "net.ipv6.conf.all.forwarding", "net.ipv4.conf.all.rp_filter"];
    private readonly TestWorld _world = new();
    private readonly string _switch;
    private readonly Dictionary<int, string> _keys = [];

    public FabricWorld(params int[] gateways)
    {
        Requires.Program("wireguard-go");
        Requires.Program("bird");
        Engine = new EngineSession();
        _switch = _world.Namespace("switch");
        Native.Ip($"-n {_switch} link add br0 type bridge");
        Native.Ip($"-n {_switch} link set br0 up");
        foreach (int number in gateways)
            Add(number);
    }

    public EngineSession Engine { get; }

    public string Folder => _world.Folder;

    public string FabricPath => $"{Folder}/fabric.psd1";

    public string Public(int gateway) => _world.Name($"pub{gateway}");

    public string Private(int gateway) => _world.Name($"priv{gateway}");

    public string ConfigFolder(int gateway) => $"{Folder}/etc{gateway}";

    public string ControlSocket(int gateway) => $"{Folder}/run{gateway}/bird.ctl";

    /// <summary>A gateway's arguments, behind the fabric's path.</summary>
    public string Place(int gateway) =>
        $"-Gateway G{gateway} -PublicNamespace {Public(gateway)} -PrivateNamespace {Private(gateway)} -ConfigFolder {ConfigFolder(gateway)} -RunFolder {Folder}/run{gateway}";

    public string Invoke(int gateway) => $"Invoke-WgFabric {FabricPath} {Place(gateway)} -Backend {(Backend.IsKernel ? Backend.Kernel : "Userspace")}";

    public string Compare(int gateway) => $"Compare-WgFabric {FabricPath} {Place(gateway)}";

    /// <summary>Makes a gateway as the file says; answers with what was emitted.</summary>
    public IReadOnlyList<PSObject> Apply(int gateway) => Engine.Succeed(Invoke(gateway));

    /// <summary>Joins a gateway's public namespace to the network. Its private one and its key are made too.</summary>
    public void Add(int number)
    {
        _world.Namespace($"pub{number}");
        Connect(number);
        _world.Namespace($"priv{number}");
        Write([number]);
        _keys[number] = (string)Engine.Succeed($"(Initialize-WgFabricKey {FabricPath} {Place(number)}).PublicKey.ToString()")[0].BaseObject;
    }

    public void Connect(int number)
    {
        Native.Ip($"link add p{number} netns {_switch} type veth peer name eth0 netns {Public(number)}");
        Native.Ip($"-n {_switch} link set p{number} master br0 up");
        Native.Ip($"-n {Public(number)} addr add 10.9.0.{number}/24 dev eth0");
        Native.Ip($"-n {Public(number)} addr add 10.9.0.{100 + number}/24 dev eth0");
        Native.Ip($"-n {Public(number)} link set eth0 up");
    }

    /// <summary>Writes the file with these gateways, each a site of its own.</summary>
    /// <param name="gateways">Their numbers.</param>
    /// <param name="more">Settings of the fabric, as the file has them.</param>
    /// <param name="endpoint">Where a gateway is reached, where that is not 10.9.0.N.</param>
    /// <param name="keyless">A gateway whose key the file leaves out.</param>
    public void Write(int[] gateways, string more = "", Func<int, string?>? endpoint = null, int? keyless = null)
    {
        IEnumerable<string> sites = gateways.Select(number =>
        {
            string key = _keys.TryGetValue(number, out string? known) && number != keyless ? $"PublicKey = '{known}'" : "";
            return string.Create(CultureInfo.InvariantCulture, $$"""
                    @{ Name = 'site{{number}}'; Prefixes = '10.100.{{number}}.0/24'
                       Gateways = @{ Name = 'G{{number}}'; Number = {{number}}; Endpoint = '{{endpoint?.Invoke(number) ?? $"10.9.0.{number}"}}'; {{key}} } }
                """);
        });
        File.WriteAllText(FabricPath, $"@{{ Name = 'test'; Routing = @{{ Inside = 'None'; HoldTime = 30 }}\n{more}\nSites = @(\n{string.Join('\n', sites)}\n) }}\n");
    }

    /// <summary>All of a gateway that an apply may change, as text: what it must put back when it fails.</summary>
    public string Snapshot(int gateway)
    {
        string ns = Private(gateway);
        if (!File.Exists($"/run/netns/{ns}"))
            return $"no namespace; {Files(gateway)}";
        string protocols = File.Exists(ControlSocket(gateway))
            ? string.Join('\n', Native.Succeed("birdc", "-r", "-s", ControlSocket(gateway), "show", "protocols").Split('\n').Skip(2).Select(line => line.Split(' ')[0] + (line.Contains(" down ", StringComparison.Ordinal) ? " down" : "")).Order(StringComparer.Ordinal))
            : "no BIRD";
        IEnumerable<PSObject> tunnels = Engine.Succeed(
            $$"""
            Get-WgTunnel -Namespace {{ns}} | ForEach-Object {
                "$($_.Name) $($_.PublicKey) $($_.ListenPort) $($_.Mtu) $($_.State) $($_.TransportNamespace) $($_.Address)"
                $_.Peers.ForEach({ "$($_.PublicKey) $($_.Endpoint) $($_.AllowedIPs) $($_.PersistentKeepalive) $($_.HasPresharedKey)" })
            }
            """);
        return $"""
            {string.Join('\n', Native.Ip($"-n {ns} -o addr").Split('\n').Select(line => string.Join(' ', line.Split(' ', StringSplitOptions.RemoveEmptyEntries).Skip(1).Take(3))).Order(StringComparer.Ordinal))}
            {Native.Ip($"-n {ns} -br link").Split('\n').Length} links
            {string.Join('\n', tunnels.SelectMany(Sorted))}
            {string.Join(' ', s_settings.Select(name => Native.Succeed("ip", "netns", "exec", ns, "sysctl", "-n", name).Trim()))}
            {protocols}
            {Files(gateway)}
            {Native.Run("ip", "netns", "pids", Public(gateway)).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length} daemons
            """;
    }

    public bool IsAsTheFileSays(int gateway) => Engine.Succeed(Compare(gateway)).Count == 0;

    /// <summary>Whether the gateway is as the file says, and nothing else runs in its namespaces.</summary>
    public void AssertConverged(int gateway, int tunnels)
    {
        Assert.Empty(Engine.Succeed(Compare(gateway)).Select(one => one.ToString()));
        Assert.Equal(tunnels, Processes(Public(gateway)));
        Assert.Equal(1, Processes(Private(gateway)));
        Assert.DoesNotContain("wgn-", Native.Ip($"-n {Public(gateway)} -br link"), StringComparison.Ordinal);
    }

    public void Dispose()
    {
        Engine.Dispose();
        _world.Dispose();
    }

    private static int Processes(string ns) => Native.Ip($"netns pids {ns}").Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;

    private static IEnumerable<string> Sorted(PSObject line) => [string.Join(' ', line.ToString().Split(' ').Order(StringComparer.Ordinal))];

    private string Files(int gateway)
    {
        string folder = ConfigFolder(gateway);
        return !Directory.Exists(folder) ? "no files" : string.Join('\n', Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            .Select(path => $"{path}: {(File.Exists(path) ? Convert.ToHexString(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(path))) : "folder")}"));
    }
}
