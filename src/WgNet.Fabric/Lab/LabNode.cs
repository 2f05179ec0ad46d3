using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>A namespace of a lab, with what it is to have.</summary>
/// <param name="Namespace">Its name under /run/netns.</param>
internal sealed record LabNode(string Namespace)
{
    /// <summary>Its cables to the lab's switches.</summary>
    public IReadOnlyList<LabCable> Cables { get; init; } = [];

    /// <summary>The addresses of its dummy interface; none: it has no such interface.</summary>
    public IReadOnlyList<AddressSpec> Loopback { get; init; } = [];

    /// <summary>Everything is reached directly by the first cable: the public network is one link, without routers.</summary>
    public bool OnLink { get; init; }

    /// <summary>Passes packets on from one interface to another.</summary>
    public bool Forwards { get; init; }

    /// <summary>Seed of the kernel's choice between equal ways; null: the kernel's own.</summary>
    public uint? HashSeed { get; init; }
}

/// <summary>A cable (veth) from a node to a switch (bridge).</summary>
/// <param name="Interface">The node's end.</param>
/// <param name="Port">The switch's end.</param>
/// <param name="Bridge">The switch.</param>
internal sealed record LabCable(string Interface, string Port, string Bridge)
{
    public required string MacAddress { get; init; }

    public required int Mtu { get; init; }

    public IReadOnlyList<AddressSpec> Addresses { get; init; } = [];
}
