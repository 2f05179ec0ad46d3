using System.Security.Cryptography;

namespace WgNet.WireGuard.Uapi;

/// <summary>The answer to get=1: the device, then its peers.</summary>
internal sealed class UapiDeviceReply : UapiReply
{
    // With so many peers it is worth while to compute the public key, which takes as long as a hundred of them, beside.
    private const int Many = 50;

    private readonly List<WgPeerState> _peers = [];
    private readonly UapiPeer _peer = new();
    private WgDevice _device = new();
    private Task<WgPublicKey>? _public;

    /// <summary>What was read; to be asked for once the answer has ended without an errno.</summary>
    public WgDevice Device() => _device with
    {
        PublicKey = _public is null ? _device.PrivateKey?.GetPublicKey() : _public.GetAwaiter().GetResult(),
        Peers = UapiPeer.Sorted(_peers),
    };

    public override void Dispose()
    {
        _peer.Dispose();
        base.Dispose();
    }

    protected override void Read(ref UapiLines lines)
    {
        if (lines.Is("public_key"u8))
            BeginPeer(ref lines);
        else if (_peer.IsOpen)
            _peer.Read(ref lines);
        else
            ReadDevice(ref lines);
    }

    protected override void End(ref UapiLines lines) => _peer.End(ref lines, _peers);

    private void BeginPeer(ref UapiLines lines)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        if (!lines.Hex(key))
            return;
        _peer.End(ref lines, _peers);
        _peer.Begin(new WgPublicKey(key));
        if (_peers.Count == Many && _device.PrivateKey is { } secret)
            _public = Task.Run(secret.GetPublicKey);
    }

    private void ReadDevice(ref UapiLines lines)
    {
        if (lines.Is("private_key"u8))
        {
            ReadPrivateKey(ref lines);
        }
        else if (lines.Is("listen_port"u8))
        {
            _device = _device with { ListenPort = (ushort)lines.Number(ushort.MaxValue) };
        }
        else if (lines.Is("fwmark"u8))
        {
            _device = _device with { FirewallMark = (uint)lines.Number(uint.MaxValue) };
        }
    }

    private void ReadPrivateKey(ref UapiLines lines)
    {
        Span<byte> key = stackalloc byte[KeyText.Size];
        if (!lines.Hex(key))
            return;
        var secret = new WgPrivateKey(key);
        CryptographicOperations.ZeroMemory(key);
        if (!secret.IsZero)
            _device = _device with { PrivateKey = secret };
    }
}
