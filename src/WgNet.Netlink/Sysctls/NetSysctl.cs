namespace WgNet;

/// <summary>A kernel setting of one network namespace.</summary>
public sealed record NetSysctl
{
    /// <summary>Its name with dots, as sysctl(8) writes it: net.ipv6.conf.all.forwarding. A dot inside a link's name is a slash here.</summary>
    public required string Name { get; init; }

    /// <summary>The network namespace, as it was asked for; "" is the caller's own.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>As the kernel writes it, without the line's end; several numbers have tabs between them.</summary>
    public required string Value { get; init; }

    public override string ToString() => $"{Name} = {Value}";
}
