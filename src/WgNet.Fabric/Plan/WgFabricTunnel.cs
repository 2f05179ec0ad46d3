namespace WgNet;

/// <summary>One end of a tunnel between two gateways, as the fabric means it.</summary>
public sealed class WgFabricTunnel
{
    /// <summary>The gateway that this end is on.</summary>
    public required string Gateway { get; init; }

    /// <summary>The gateway's site.</summary>
    public required string Site { get; init; }

    /// <summary>The interface's name.</summary>
    public required string Name { get; init; }

    /// <summary>The namespace of the interface: the clear side.</summary>
    public required string Namespace { get; init; }

    /// <summary>The namespace of the UDP socket: the encrypted side.</summary>
    public required string TransportNamespace { get; init; }

    /// <summary>The UDP port of this end.</summary>
    public required int ListenPort { get; init; }

    /// <summary>This gateway's public key; null until it is known.</summary>
    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The gateway at the other end.</summary>
    public required string PeerGateway { get; init; }

    /// <summary>The other gateway's site.</summary>
    public required string PeerSite { get; init; }

    /// <summary>The other gateway's public key; null until it is known.</summary>
    public WgPublicKey? PeerPublicKey { get; init; }

    /// <summary>Where the other end is reached; null: nobody can reach it, it comes by itself.</summary>
    public WgEndpoint? Endpoint { get; init; }

    /// <summary>This end's addresses, IPv6 first, with their prefix length.</summary>
    public required string[] Address { get; init; }

    /// <summary>The other end's addresses, in the same order, without a length.</summary>
    public required string[] PeerAddress { get; init; }

    /// <summary>The AS number of this side.</summary>
    public required uint LocalAS { get; init; }

    /// <summary>The AS number of the other side.</summary>
    public required uint PeerAS { get; init; }

    /// <summary>Bytes; null: what the back end chooses.</summary>
    public int? Mtu { get; init; }

    /// <summary>Seconds; 0: none.</summary>
    public int PersistentKeepalive { get; init; }

    /// <summary>The tunnel has a preshared key.</summary>
    public bool PresharedKey { get; init; }

    /// <summary>The BGP sessions over it, in the order of the addresses.</summary>
    public required string[] BirdProtocols { get; init; }

    public override string ToString() => $"{Gateway} {Name} to {PeerGateway}";
}
