using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace WgNet.WireGuard.Kernel;

/// <summary>Endpoints as struct sockaddr_in and sockaddr_in6 (ip(7), ipv6(7)): port and address in network order, family and scope in native.</summary>
internal static class EndpointBytes
{
    public const int MaxSize = 28;
    private const int SizeV4 = 16;
    private const ushort AF_INET = 2;
    private const ushort AF_INET6 = 10;

    /// <summary>Writes one and returns its size. The kernel ignores any other size without a word.</summary>
    public static int Write(IPEndPoint endpoint, Span<byte> destination)
    {
        bool v4 = endpoint.AddressFamily == AddressFamily.InterNetwork;
        int size = v4 ? SizeV4 : MaxSize;
        destination[..size].Clear();
        MemoryMarshal.Write(destination, v4 ? AF_INET : AF_INET6);
        BinaryPrimitives.WriteUInt16BigEndian(destination[2..], (ushort)endpoint.Port);
        endpoint.Address.TryWriteBytes(destination[(v4 ? 4 : 8)..], out _);
        if (!v4)
            MemoryMarshal.Write(destination[24..], (uint)endpoint.Address.ScopeId);
        return size;
    }

    /// <summary>Reads one; null where it is neither.</summary>
    public static IPEndPoint? Read(ReadOnlySpan<byte> value)
    {
        if (value.Length is not (SizeV4 or MaxSize))
            return null;
        ushort family = MemoryMarshal.Read<ushort>(value);
        ushort port = BinaryPrimitives.ReadUInt16BigEndian(value[2..]);
        return (family, value.Length) switch
        {
            (AF_INET, SizeV4) => new IPEndPoint(new IPAddress(value[4..8]), port),
            (AF_INET6, MaxSize) => new IPEndPoint(new IPAddress(value[8..24], MemoryMarshal.Read<uint>(value[24..])), port),
            _ => null,
        };
    }
}
