using System.Net;
using System.Net.Sockets;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>Where a peer is reached: an address or a host name, and a UDP port.</summary>
/// <remarks>Read as wg(8) reads it: "[address]:port", or split at the last colon. The port may be a service's name.</remarks>
public sealed class WgEndpoint : IEquatable<WgEndpoint>
{
    private string? _host;

    internal WgEndpoint(string host, ushort port)
    {
        _host = host;
        Port = port;
        int zone = host.IndexOf('%');
        if (AddressText.TryParse(zone < 0 ? host : host.AsSpan(0, zone), out IPAddress address)
            && (zone < 0 || address.AddressFamily == AddressFamily.InterNetworkV6))
        {
            Address = address;
            Zone = zone < 0 ? null : host[(zone + 1)..];
        }
    }

    private WgEndpoint(WgEndpoint other, ushort port) => (_host, Port, Address, Zone) = (other._host, port, other.Address, other.Zone);

    // A device has thousands, of which hardly one is ever shown: its text is made when it is asked for.
    private WgEndpoint(IPEndPoint endpoint)
    {
        bool zoned = endpoint.AddressFamily == AddressFamily.InterNetworkV6 && endpoint.Address.ScopeId != 0;
        Address = zoned ? new IPAddress(endpoint.Address.GetAddressBytes()) : endpoint.Address;
        Zone = zoned ? endpoint.Address.ScopeId.ToString(System.Globalization.CultureInfo.InvariantCulture) : null;
        Port = endpoint.Port;
    }

    /// <summary>The address or name as it was given, without brackets.</summary>
    public string Host => _host ??= Zone is null ? Address!.ToString() : $"{Address}%{Zone}";

    /// <summary>The UDP port.</summary>
    public int Port { get; }

    /// <summary>The address, without its zone; null for a host name, which is looked up when it is used.</summary>
    public IPAddress? Address { get; }

    /// <summary>The zone of a link-local address: an interface's name or index in the transport's namespace.</summary>
    public string? Zone { get; }

    /// <summary>Reads an endpoint. Fault "InvalidEndpoint".</summary>
    public static WgEndpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return TryParse(text, out WgEndpoint? endpoint) is { } wrong
            ? throw new FaultException("InvalidEndpoint", FaultKind.InvalidArgument, $"The endpoint '{text}' {wrong}", text)
            : endpoint!;
    }

    /// <summary>What a device says of a peer, as an endpoint.</summary>
    public static WgEndpoint From(IPEndPoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        return new WgEndpoint(endpoint);
    }

    /// <summary>The same host at another port, without reading its address again.</summary>
    internal WgEndpoint At(ushort port) => new(this, port);

    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";

    public bool Equals(WgEndpoint? other) => other is not null && Port == other.Port
        && (Address is null ? Host.Equals(other.Host, StringComparison.OrdinalIgnoreCase) : Address.Equals(other.Address) && Zone == other.Zone);

    public override bool Equals(object? obj) => Equals(obj as WgEndpoint);

    public override int GetHashCode() => HashCode.Combine(Port, Address is null ? StringComparer.OrdinalIgnoreCase.GetHashCode(Host) : Address.GetHashCode());

    /// <summary>Null on success, else the sentence that says what is wrong, to follow the value or its line.</summary>
    internal static string? TryParse(ReadOnlySpan<char> text, out WgEndpoint? endpoint)
    {
        const string Form = "is not host:port or [IPv6 address]:port.";
        endpoint = null;
        ReadOnlySpan<char> host, port;
        if (text.StartsWith('['))
        {
            int close = text.IndexOf(']');
            if (close < 0 || close + 1 >= text.Length || text[close + 1] != ':')
                return Form;
            host = text[1..close];
            port = text[(close + 2)..];
        }
        else
        {
            int colon = text.LastIndexOf(':');
            if (colon < 0)
                return "has no port: give host:port or [IPv6 address]:port.";
            host = text[..colon];
            port = text[(colon + 1)..];
        }

        if (host.IsEmpty || host.IndexOfAny("[]/ \t") >= 0)
            return Form;
        if (!ServicePort.TryParse(port, out ushort number))
            return "has a port that is neither a number from 0 to 65535 nor a UDP service of /etc/services.";
        endpoint = new WgEndpoint(host.ToString(), number);

        // What holds a colon can only be an address, since no host name does.
        if (endpoint.Address is null && host.Contains(':'))
        {
            endpoint = null;
            return Form;
        }

        return null;
    }
}
