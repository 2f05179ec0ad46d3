using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using WgNet.Netlink;

namespace WgNet.WireGuard;

/// <summary>
/// Endpoints as socket addresses. Names are looked up, and zones found, in the transport's namespace, where the datagrams will go out. As
/// wg(8) does, a lookup that fails for now is tried again: WG_ENDPOINT_RESOLUTION_RETRIES times (15, or "infinity"), after 1 s and then
/// 1.2 times longer each time, 20 s at most.
/// </summary>
internal static class EndpointResolver
{
    private const string RetriesVariable = "WG_ENDPOINT_RESOLUTION_RETRIES";
    private const int DefaultRetries = 15;

    /// <summary>Whether it takes the transport's namespace to resolve an endpoint: names and zones do.</summary>
    public static bool DependsOnNamespace(WgEndpoint endpoint) => endpoint is not { Address: not null, Zone: null };

    /// <summary>Faults: "EndpointNotResolved", "InvalidEndpoint" for a zone that is not there.</summary>
    /// <param name="endpoint">What to resolve.</param>
    /// <param name="transport">The namespace that the device's UDP socket is in; null is the caller's own.</param>
    /// <param name="cancel">Ends the wait.</param>
    public static IPEndPoint Resolve(WgEndpoint endpoint, NetNamespaceHandle? transport, CancellationToken cancel) => endpoint switch
    {
        { Address: { } address, Zone: null } => new IPEndPoint(address, endpoint.Port),
        { Address: { } address, Zone: { } zone } => new IPEndPoint(new IPAddress(address.GetAddressBytes(), ZoneIndex(endpoint, zone, transport)), endpoint.Port),
        _ => new IPEndPoint(LookUp(endpoint, transport, cancel), endpoint.Port),
    };

    /// <summary>Every address of an endpoint, asked once: for looking, not for making. Fault "EndpointNotResolved".</summary>
    public static IReadOnlyList<IPAddress> ResolveAll(WgEndpoint endpoint, NetNamespaceHandle? transport, CancellationToken cancel)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        if (endpoint.Address is not null)
            return [Resolve(endpoint, transport, cancel).Address];
        try
        {
            return LookUpOnce(endpoint.Host, transport, cancel);
        }
        catch (SocketException caught)
        {
            throw NotResolved(endpoint, caught);
        }
    }

    private static uint ZoneIndex(WgEndpoint endpoint, string zone, NetNamespaceHandle? transport)
    {
        if (uint.TryParse(zone, NumberStyles.None, CultureInfo.InvariantCulture, out uint index))
            return index;

        // The class library asks if_nametoindex(3), which answers for the thread's namespace.
        long found = In(transport, () => IPAddress.TryParse($"fe80::1%{zone}", out IPAddress? scoped) ? scoped.ScopeId : 0);
        return found > 0
            ? (uint)found
            : throw new FaultException("InvalidEndpoint", FaultKind.InvalidArgument,
                $"The endpoint '{endpoint}' names the interface '{zone}', which is not in the namespace of the tunnel's transport.", endpoint.ToString());
    }

    private static IPAddress LookUp(WgEndpoint endpoint, NetNamespaceHandle? transport, CancellationToken cancel)
    {
        TimeSpan pause = TimeSpan.FromSeconds(1);
        for (int left = Retries(); ; left--)
        {
            try
            {
                return LookUpOnce(endpoint.Host, transport, cancel)[0];
            }
            catch (SocketException caught) when (caught.SocketErrorCode is not SocketError.TryAgain || left <= 0)
            {
                throw NotResolved(endpoint, caught);
            }
            catch (SocketException)
            {
                cancel.WaitHandle.WaitOne(pause);
                cancel.ThrowIfCancellationRequested();
                pause = TimeSpan.FromSeconds(Math.Min(pause.TotalSeconds * 1.2, 20));
            }
        }
    }

    // getaddrinfo(3) cannot be interrupted: it runs on a thread that is left behind when the user stops.
    private static IPAddress[] LookUpOnce(string host, NetNamespaceHandle? transport, CancellationToken cancel)
    {
        IPAddress[] addresses = [];
        ExceptionDispatchInfo? failure = null;
        using var done = new ManualResetEventSlim();
        var thread = new Thread(
            () =>
            {
                try
                {
                    IPAddress[] found = In(transport, () => Dns.GetHostAddresses(host));
                    addresses = found.Length > 0 ? found : throw new SocketException((int)SocketError.HostNotFound);
                }
                catch (Exception caught)
                {
                    failure = ExceptionDispatchInfo.Capture(caught);
                }

                try
                {
                    done.Set();
                }
                catch (ObjectDisposedException)
                {
                    // Nobody waits any more.
                }
            },
            maxStackSize: 256 * 1024)
        {
            IsBackground = true,
            Name = "resolve",
        };
        thread.Start();
        done.Wait(cancel);
        failure?.Throw();
        return addresses;
    }

    private static FaultException NotResolved(WgEndpoint endpoint, SocketException caught) => new("EndpointNotResolved", FaultKind.Unavailable,
        $"Cannot look up '{endpoint.Host}': {caught.Message}. Give an address, or check the resolver.", endpoint.ToString(), caught);

    private static int Retries() => Environment.GetEnvironmentVariable(RetriesVariable) switch
    {
        "infinity" => int.MaxValue,
        { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) => count,
        _ => DefaultRetries,
    };

    private static T In<T>(NetNamespaceHandle? ns, Func<T> work) => ns is null ? work() : ns.Run(work);
}
