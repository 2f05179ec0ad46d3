namespace WgNet.Bird;

/// <summary>Routes written down.</summary>
public sealed record BirdConfigStatic : BirdConfigProtocol
{
    public required BirdConfigChannel Channel { get; init; }

    public IReadOnlyList<BirdConfigRoute> Routes { get; init; } = [];

    internal override string Kind => "static";

    private protected override void WriteBody(ConfigurationWriter writer)
    {
        Channel.Write(writer);
        foreach (BirdConfigRoute route in Routes)
            writer.Line(route.ToText());
    }
}

/// <summary>A route written down: by next hops, or of a kind that leads nowhere.</summary>
public sealed record BirdConfigRoute
{
    public required string Prefix { get; init; }

    /// <summary>The next hops. None: the route leads nowhere, see <see cref="Unreachable"/>.</summary>
    public IReadOnlyList<BirdConfigNextHop> NextHops { get; init; } = [];

    /// <summary>A route without next hops answers that the network cannot be reached; false: it drops silently (blackhole).</summary>
    public bool Unreachable { get; init; } = true;

    internal string ToText()
    {
        string prefix = ConfigurationWriter.Prefix(Prefix);
        return NextHops.Count == 0
            ? $"route {prefix} {(Unreachable ? "unreachable" : "blackhole")};"
            : $"route {prefix} {string.Join(' ', NextHops.Select(hop => hop.ToText()))};";
    }
}

/// <summary>Where a static route goes.</summary>
/// <param name="Gateway">The neighbour's address; link-local ones with %interface. Null: the network is on the link itself.</param>
/// <param name="InterfaceName">The interface, where there is no gateway.</param>
/// <param name="OnLink">The gateway is on the link although no address of this machine covers it; it has to name its interface where several could be meant.</param>
public sealed record BirdConfigNextHop(string? Gateway = null, string? InterfaceName = null, bool OnLink = false)
{
    /// <summary>Its share of the traffic beside the other next hops, 1 to 256; null: 1.</summary>
    public int? Weight { get; init; }

    /// <summary>The route is used only while BFD hears the gateway; needs a <see cref="BirdConfigBfd"/> here and BFD there.</summary>
    public bool Bfd { get; init; }

    internal string ToText()
    {
        if ((Gateway is null) == (InterfaceName is null) || ((OnLink || Bfd) && Gateway is null))
            throw new FaultException("BirdInvalidValue", FaultKind.InvalidArgument, "A next hop is a gateway or an interface: one of them. Only a gateway can be on the link, or watched by BFD.", null);
        string place = InterfaceName is null ? ConfigurationWriter.Address(Gateway!) : BirdSyntax.Text(InterfaceName);
        return $"via {place}{(OnLink ? " onlink" : "")}{(Bfd ? " bfd yes" : "")}{(Weight is { } weight ? $" weight {ConfigurationWriter.Number(weight, 1, 256, "A next hop's weight")}" : "")}";
    }
}
