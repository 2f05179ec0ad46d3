namespace WgNet.Fabric;

/// <summary>A site as it stands in the file, until it has its numbers.</summary>
internal sealed class SiteDraft(MapReader map)
{
    public MapReader Map { get; } = map;

    /// <summary>Null: it has none that serves.</summary>
    public string? Name { get; init; }

    public uint? ASNumber { get; set; }

    public int? Number { get; set; }

    public Located<string>[] Prefixes { get; init; } = [];

    public Located<string>[] Routers { get; init; } = [];

    public required GatewayDraft[] Gateways { get; init; }

    /// <summary>The site of the model, once it can be made.</summary>
    public WgFabricSite? Made { get; private set; }

    /// <summary>Makes the site of what serves: gateways without a number are left out.</summary>
    public void Make()
    {
        if (Name is null || Number is null)
            return;
        uint asNumber = ASNumber ?? GatewayNumber.BaseASNumber + (uint)Number;
        foreach (GatewayDraft gateway in Gateways)
            gateway.Make(Name, Number.Value, asNumber);
        Made = new WgFabricSite
        {
            Name = Name,
            Number = Number.Value,
            ASNumber = asNumber,
            Prefixes = [.. Prefixes.Select(prefix => prefix.Value)],
            Routers = [.. Routers.Select(router => router.Value)],
            Gateways = [.. Gateways.Select(gateway => gateway.Made).OfType<WgFabricGateway>()],
        };
    }
}

/// <summary>A gateway as it stands in the file, until it has its number.</summary>
internal sealed class GatewayDraft(MapReader map)
{
    public MapReader Map { get; } = map;

    /// <summary>Null: it has none that serves.</summary>
    public string? Name { get; init; }

    public int? Number { get; set; }

    public string? Endpoint { get; init; }

    public bool BehindNat { get; init; }

    public string? HostName { get; init; }

    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The gateway of the model, once it can be made.</summary>
    public WgFabricGateway? Made { get; private set; }

    public void Make(string site, int siteNumber, uint asNumber)
    {
        if (Name is null || Number is null)
            return;
        Made = new WgFabricGateway
        {
            Name = Name,
            Site = site,
            Number = Number.Value,
            ASNumber = asNumber,
            Endpoint = Endpoint,
            BehindNat = BehindNat,
            HostName = HostName,
            PublicKey = PublicKey,
            RouterId = GatewayNumber.RouterId(siteNumber, Number.Value),
        };
    }
}
