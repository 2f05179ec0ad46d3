using WgNet.Fabric;

namespace WgNet;

/// <summary>A site: networks behind one or more gateways, and the AS that they are announced from.</summary>
public sealed record WgFabricSite
{
    public required string Name { get; init; }

    /// <summary>The site's number, from 1; no other site has it.</summary>
    public required int Number { get; init; }

    /// <summary>The AS number that its gateways speak BGP with.</summary>
    public required uint ASNumber { get; init; }

    /// <summary>The networks of the site, of both families.</summary>
    public string[] Prefixes { get; init; } = [];

    /// <summary>
    /// The routers that reach the prefixes where routing inside the site is static: addresses on a network of the gateways' site interfaces.
    /// </summary>
    public string[] Routers { get; init; } = [];

    public required WgFabricGateway[] Gateways { get; init; }

    public override string ToString() => Name;
}

/// <summary>A gateway of a site.</summary>
public sealed record WgFabricGateway
{
    // What was computed once is computed anew for a copy of another name or endpoint.
    private string? _birdName, _session, _session4;
    private WgEndpoint? _reach;

    /// <summary>Its name; no other gateway of the fabric has it.</summary>
    public required string Name
    {
        get;
        init => (field, _birdName, _session, _session4) = (value, null, null, null);
    }

    /// <summary>The site's name.</summary>
    public required string Site { get; init; }

    /// <summary>
    /// The gateway's number in the fabric, from 1. It makes interface names, ports and tunnel addresses, so it must not change while the gateway lives.
    /// </summary>
    public required int Number { get; init; }

    /// <summary>The AS number of its site.</summary>
    public required uint ASNumber { get; init; }

    /// <summary>Where others reach it: an address or a host name, without a port. Null: nobody can, it must reach them.</summary>
    public string? Endpoint
    {
        get;
        init => (field, _reach) = (value, null);
    }

    /// <summary>It stands behind NAT: it sends keepalives, so that the way back stays open.</summary>
    public bool BehindNat { get; init; }

    /// <summary>Where its machine is reached for administration; null: under its name.</summary>
    public string? HostName { get; init; }

    /// <summary>Its public key; null until the key was made on the gateway.</summary>
    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The id of its private BIRD.</summary>
    public required string RouterId { get; init; }

    /// <summary>Its name as BIRD takes it without quotes: what is neither letter, digit nor underscore becomes an underscore.</summary>
    internal string BirdName => _birdName ??= string.Create(Name.Length, Name, static (span, text) =>
    {
        for (int i = 0; i < span.Length; i++)
            span[i] = char.IsAsciiLetterOrDigit(text[i]) ? text[i] : '_';
    });

    /// <summary>Its endpoint, read once for all its peers; the port is each peer's own.</summary>
    internal WgEndpoint? Reach => Endpoint is null ? null : _reach ??= new WgEndpoint(Endpoint, 0);

    /// <summary>What its peers call the BGP session with it over IPv6.</summary>
    internal string Session => _session ??= FabricTunnels.SessionPrefix6 + BirdName;

    /// <summary>What its peers call the BGP session with it over IPv4.</summary>
    internal string Session4 => _session4 ??= FabricTunnels.SessionPrefix4 + BirdName;

    public override string ToString() => Name;
}
