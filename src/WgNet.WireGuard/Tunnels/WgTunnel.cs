namespace WgNet;

/// <summary>Where a WireGuard interface's packets are encrypted.</summary>
public enum WgBackend
{
    /// <summary>The kernel where it knows WireGuard, else wireguard-go.</summary>
    Auto,

    /// <summary>The kernel's own WireGuard.</summary>
    Kernel,

    /// <summary>A wireguard-go process behind a TUN interface.</summary>
    Userspace,
}

/// <summary>A WireGuard interface: its link, its addresses and its device as they were when it was read.</summary>
public sealed class WgTunnel
{
    public required string Name { get; init; }

    /// <summary>The namespace that the interface is in, the clear side; '' is the caller's own.</summary>
    public required string Namespace { get; init; }

    /// <summary>The namespace that the UDP socket is in, the encrypted side; '' is the caller's own, null: not known, or nothing names it any more.</summary>
    public string? TransportNamespace { get; init; }

    /// <summary>Null while the interface has no private key.</summary>
    public WgPublicKey? PublicKey { get; init; }

    /// <summary>The UDP port; 0 while none is open.</summary>
    public int ListenPort { get; init; }

    /// <summary>The mark on encrypted packets; 0 is none.</summary>
    public uint FirewallMark { get; init; }

    /// <summary>Bytes.</summary>
    public int Mtu { get; init; }

    /// <summary>Up or Down, as an administrator set it.</summary>
    public NetLinkState State { get; init; }

    /// <summary>Addresses of the interface with their prefix length, IPv6 link-local ones left out.</summary>
    public string[] Address { get; init; } = [];

    public WgPeer[] Peers { get; init; } = [];

    /// <summary>Kernel or Userspace.</summary>
    public WgBackend Backend { get; init; }

    /// <summary>The interface's index in its namespace.</summary>
    public int Index { get; init; }

    /// <summary>The UAPI socket of a userspace device: <c>wg</c> finds the device under this file's name. Null for the kernel's.</summary>
    public string? UapiSocket { get; init; }

    /// <summary>The process of a userspace device; null for the kernel's.</summary>
    public int? ProcessId { get; init; }

    public override string ToString() => Name;
}
