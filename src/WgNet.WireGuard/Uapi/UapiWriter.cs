using System.Net;
using System.Security.Cryptography;

namespace WgNet.WireGuard.Uapi;

/// <summary>Writes a change as the text of set=1 (wireguard-go device/uapi.go).</summary>
internal static class UapiWriter
{
    public static void Write(WgDeviceChange change, SecretBuffer text)
    {
        text.Append("set=1\n"u8);
        if (change.PrivateKey is { } privateKey)
        {
            Span<byte> key = stackalloc byte[KeyText.Size];
            privateKey.CopyClamped(key);
            Hex(text, "private_key="u8, key);
            CryptographicOperations.ZeroMemory(key);
        }

        if (change.ListenPort is { } port)
            Value(text, "listen_port="u8, port);
        if (change.FirewallMark is { } mark)
            Value(text, "fwmark="u8, mark);
        if (change.ReplacePeers)
            text.Append("replace_peers=true\n"u8);
        foreach (WgPeerChange peer in change.Peers)
            Write(peer, text);
        text.Append("\n"u8);
    }

    private static void Write(WgPeerChange peer, SecretBuffer text)
    {
        Hex(text, "public_key="u8, peer.PublicKey.Bytes);
        if (peer.Remove)
        {
            text.Append("remove=true\n"u8);
            return;
        }

        if (peer.UpdateOnly)
            text.Append("update_only=true\n"u8);
        if (peer.PresharedKey is { } preshared)
            Hex(text, "preshared_key="u8, preshared.Bytes);
        if (peer.Endpoint is { } endpoint)
            Value(text, "endpoint="u8, new EndPointText(endpoint));
        if (peer.PersistentKeepalive is { } interval)
            Value(text, "persistent_keepalive_interval="u8, interval);
        if (peer.ReplaceAllowedIPs)
            text.Append("replace_allowed_ips=true\n"u8);
        foreach (AllowedIP allowed in peer.AllowedIPs)
        {
            text.Append("allowed_ip="u8);
            text.Append(allowed.Address);
            text.Append("/"u8);
            Value(text, default, allowed.PrefixLength);
        }
    }

    private static void Value<T>(SecretBuffer text, ReadOnlySpan<byte> key, T value)
        where T : IUtf8SpanFormattable
    {
        text.Append(key);
        text.Append(value);
        text.Append("\n"u8);
    }

    private static void Hex(SecretBuffer text, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        text.Append(key);
        text.AppendHex(value);
        text.Append("\n"u8);
    }

    // A class library's endpoint formats itself as "[address%scope]:port" too, but to a string only.
    private readonly record struct EndPointText(IPEndPoint Value) : IUtf8SpanFormattable
    {
        public bool TryFormat(Span<byte> utf8Destination, out int bytesWritten, ReadOnlySpan<char> format, IFormatProvider? provider) =>
            System.Text.Encoding.ASCII.TryGetBytes(Value.ToString(), utf8Destination, out bytesWritten);
    }
}
