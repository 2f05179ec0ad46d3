using System.Security.Cryptography;

namespace WgNet.WireGuard.Uapi;

/// <summary>
/// Reads what a device answers to get=1 (wireguard-go device/uapi.go). Keys that it does not know are passed over, as wg(8) does; a value
/// that is not what its key promises, or a text without end, is the fault "UapiMalformed".
/// </summary>
internal static class UapiReader
{
    /// <summary>Reads a whole reply. The errno that ends it comes back positive; the device is empty where it is not 0.</summary>
    public static WgDevice ReadDevice(ReadOnlySpan<byte> reply, out int errno)
    {
        var lines = new UapiLines(reply);
        var device = new WgDevice();
        var peers = new List<WgPeerState>();
        using var peer = new UapiPeer();
        int? end = null;
        Span<byte> key = stackalloc byte[KeyText.Size];
        while (lines.Next())
        {
            // Nothing follows the errno.
            if (end is not null)
            {
                lines.Fail();
            }
            else if (lines.Is("public_key"u8) && lines.Hex(key))
            {
                peer.End(ref lines, peers);
                peer.Begin(new WgPublicKey(key));
            }
            else if (lines.Is("errno"u8))
            {
                end = lines.Errno();
            }
            else if (peer.IsOpen)
            {
                peer.Read(ref lines);
            }
            else
            {
                device = ReadDeviceLine(ref lines, device);
            }
        }

        CryptographicOperations.ZeroMemory(key);
        peer.End(ref lines, peers);
        if (lines.Failed || end is null)
            throw Malformed();
        errno = end.Value;
        return errno != 0 ? new WgDevice() : device with { Peers = UapiPeer.Sorted(peers) };
    }

    /// <summary>Reads the answer to set=1: an errno, positive.</summary>
    public static int ReadErrno(ReadOnlySpan<byte> reply)
    {
        var lines = new UapiLines(reply);
        int? end = null;
        while (lines.Next())
        {
            if (end is null && lines.Is("errno"u8))
                end = lines.Errno();
            else
                lines.Fail();
        }

        return lines.Failed || end is null ? throw Malformed() : end.Value;
    }

    private static WgDevice ReadDeviceLine(ref UapiLines lines, WgDevice device)
    {
        if (lines.Is("private_key"u8))
        {
            Span<byte> key = stackalloc byte[KeyText.Size];
            if (!lines.Hex(key))
                return device;
            var secret = new WgPrivateKey(key);
            CryptographicOperations.ZeroMemory(key);
            return secret.IsZero ? device : device with { PrivateKey = secret, PublicKey = secret.GetPublicKey() };
        }

        if (lines.Is("listen_port"u8))
            return device with { ListenPort = (ushort)lines.Number(ushort.MaxValue) };
        return lines.Is("fwmark"u8) ? device with { FirewallMark = (uint)lines.Number(uint.MaxValue) } : device;
    }

    private static FaultException Malformed() =>
        new("UapiMalformed", FaultKind.InvalidData, "What the userspace device answered is not its protocol.");
}
