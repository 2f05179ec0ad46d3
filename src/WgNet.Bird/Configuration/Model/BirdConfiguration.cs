using System.Net;
using System.Net.Sockets;

namespace WgNet.Bird;

/// <summary>
/// A configuration of BIRD 2 or 3, as objects: what a gateway or router of a route-based VPN needs, and no more. What it cannot
/// say stands in the operator's own file, which it includes. Values are checked when the text is made: none becomes syntax.
/// </summary>
public sealed record BirdConfiguration
{
    /// <summary>The router's id, an IPv4 address that no other router has.</summary>
    public required string RouterId { get; init; }

    /// <summary>Where BIRD writes its log; null: where it does by itself (syslog).</summary>
    public string? LogFile { get; init; }

    /// <summary>Tables beside master4 and master6.</summary>
    public IReadOnlyList<BirdConfigTable> Tables { get; init; } = [];

    /// <summary>The protocols, in the order in which BIRD lists them.</summary>
    public IReadOnlyList<BirdConfigProtocol> Protocols { get; init; } = [];

    /// <summary>
    /// Files of the operator's own, read before the protocols so that these can name filters of theirs: paths, or patterns such
    /// as "wgnet.d/*.conf", relative to the configuration's folder. A path without wildcards must exist; a pattern may match nothing,
    /// but its folder must exist.
    /// </summary>
    public IReadOnlyList<string> Includes { get; init; } = [];

    /// <summary>The text for BIRD.</summary>
    /// <exception cref="FaultException">"BirdInvalidName", "BirdInvalidText", "BirdInvalidPrefix", "BirdInvalidAddress" or "BirdInvalidValue": a value cannot stand in a configuration.</exception>
    public string ToText()
    {
        var writer = new ConfigurationWriter();
        if (LogFile is not null)
            writer.Line($"log {BirdSyntax.Text(LogFile)} all;");
        if (!IPAddress.TryParse(RouterId, out IPAddress? id) || id.AddressFamily != AddressFamily.InterNetwork || id.ToString() != RouterId)
            throw new FaultException("BirdInvalidAddress", FaultKind.InvalidArgument, $"A router id is an IPv4 address such as 10.0.0.1, not '{RouterId}'.", RouterId);
        writer.Line($"router id {RouterId};");
        foreach (BirdConfigTable table in Tables)
            writer.Line($"{ConfigurationWriter.Word(table.Family)} table {BirdSyntax.Symbol(table.Name)};");
        foreach (string file in Includes)
            writer.Line($"include {BirdSyntax.Text(file)};");
        foreach (BirdConfigProtocol protocol in Protocols)
            protocol.Write(writer);
        return writer.ToString();
    }
}

/// <summary>The family of addresses of a table or channel.</summary>
public enum BirdFamily
{
    Ipv4,
    Ipv6,
}

/// <summary>A routing table.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Family">What kind of addresses it holds.</param>
public sealed record BirdConfigTable(string Name, BirdFamily Family);
