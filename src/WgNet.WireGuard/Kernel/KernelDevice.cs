using System.Buffers;
using System.Security.Cryptography;
using WgNet.Netlink;

namespace WgNet.WireGuard.Kernel;

/// <summary>A device of the kernel's own WireGuard, over generic netlink. It owns its channel.</summary>
/// <remarks>Faults beside those of <see cref="IWgDevice"/>: "NotWireGuard", "WireGuardNotInKernel", and whatever else the kernel refuses.</remarks>
internal sealed class KernelDevice(INetlinkChannel channel, string name) : IWgDevice
{
    private ushort? _family;
    private bool? _takesSingle;

    /// <summary>Largest message sent; tests make it small.</summary>
    public int MessageSize { get; init; } = DeviceEncoder.MaxMessage;

    /// <summary>A device in a namespace; null is the calling thread's own.</summary>
    public static KernelDevice Open(string name, NetNamespaceHandle? ns) =>
        new(NetlinkSocket.Open(NetlinkConstants.NETLINK_GENERIC, ns), name);

    /// <summary>Whether this kernel has WireGuard, loading its module where it can.</summary>
    public static bool IsSupported(CancellationToken cancel = default)
    {
        using NetlinkSocket socket = NetlinkSocket.Open(NetlinkConstants.NETLINK_GENERIC, null);
        return GenericFamily.Find(socket, WireGuardProtocol.Family, cancel) is not null;
    }

    public WgDevice Read(CancellationToken cancel = default) => Read(null, cancel);

    public WgDevice Read(Action? meanwhile, CancellationToken cancel)
    {
        meanwhile?.Invoke();
        ushort family = Family(cancel);
        var writer = new MessageWriter(stackalloc byte[128]);
        writer.Begin(family, MessageFlags.Ack | MessageFlags.Dump);
        writer.Struct(new GenericHeader { Command = WireGuardProtocol.GetDevice, Version = WireGuardProtocol.Version });
        writer.Text(DeviceAttribute.IfName, name);
        writer.End();
        try
        {
            return DeviceDecoder.Merge(channel.Dump<DevicePart>(writer.Written, DeviceDecoder.Decode, $"read the WireGuard device '{name}'", name, cancel));
        }
        catch (NetlinkException refused)
        {
            throw Explain(refused, null);
        }
    }

    public void Apply(WgDeviceChange change, CancellationToken cancel = default)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(MessageSize);
        int done = 0;
        try
        {
            bool steps = change.Peers.FirstOrDefault(peer => peer.Steps is not null) is { } first && CanTakeSingle(first, buffer, cancel);
            Send(change, buffer, steps, peers => done = peers, cancel);
        }
        catch (NetlinkException refused)
        {
            string left = done > 0 ? $" The first {done} of {change.Peers.Count} peers are done." : "";
            throw Explain(refused, change.ListenPort, left);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(buffer);
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private void Send(WgDeviceChange change, byte[] buffer, bool steps, Action<int> sent, CancellationToken cancel) =>
        DeviceEncoder.Encode(
            change,
            Family(cancel),
            name,
            buffer.AsSpan(0, MessageSize),
            (message, peers) =>
            {
                channel.Execute(message, $"change the WireGuard device '{name}'", name, cancel);
                sent(peers);
            },
            steps);

    /// <summary>
    /// Tries it with the first allowed IP that is to go: a kernel that cannot refuses the attribute and has done nothing. Its policy of this
    /// nest is not to be asked for.
    /// </summary>
    private bool CanTakeSingle(WgPeerChange peer, byte[] buffer, CancellationToken cancel)
    {
        if (_takesSingle is { } known)
            return known;
        var trial = new WgPeerChange { PublicKey = peer.PublicKey, UpdateOnly = true, Steps = new AllowedIPSteps([.. peer.Steps!.Removed.Take(1)], []) };
        try
        {
            Send(new WgDeviceChange { Peers = [trial] }, buffer, steps: true, _ => { }, cancel);
            _takesSingle = true;
        }
        catch (NetlinkException refused) when (refused.Error is Errno.EINVAL or Errno.ERANGE or Errno.EOPNOTSUPP)
        {
            _takesSingle = false;
        }

        return _takesSingle.Value;
    }

    public void Dispose() => (channel as IDisposable)?.Dispose();

    private ushort Family(CancellationToken cancel) => _family ??= GenericFamily.Find(channel, WireGuardProtocol.Family, cancel)
        ?? throw new FaultException("WireGuardNotInKernel", FaultKind.Unavailable,
            "This kernel has no WireGuard: its module is neither loaded nor to be found. Use -Backend Userspace.", name);

    private FaultException Explain(NetlinkException refused, ushort? port, string left = "") => refused.Error switch
    {
        Errno.ENODEV => new FaultException("WgDeviceNotFound", FaultKind.NotFound, $"There is no interface '{name}' in that namespace.{left}", name, refused),
        Errno.EOPNOTSUPP =>
            new FaultException("NotWireGuard", FaultKind.InvalidArgument, $"The interface '{name}' is not a WireGuard device of the kernel.{left}", name, refused),
        Errno.EADDRINUSE => new FaultException("PortInUse", FaultKind.Unavailable,
            $"UDP port {port} is in use in the transport's namespace: set a port that is free.{left}", port, refused),
        Errno.EPERM or Errno.EACCES => new FaultException("PermissionDenied", FaultKind.PermissionDenied,
            $"{refused.Message} The listen port and the firewall mark can be set only while the namespace in which the device was made exists.{left}", name, refused),
        _ when left.Length > 0 => new FaultException(refused.Id, refused.Kind, refused.Message + left, name, refused),
        _ => refused,
    };
}
