using System.Buffers.Binary;
using System.Net;
using System.Runtime.InteropServices;

namespace WgNet.Netlink;

/// <summary>
/// Makes objects of routes for one reader in one namespace. What many routes have in common, which is all but the destination and the
/// metric, is made once: a full table has a million destinations and a handful of neighbours.
/// </summary>
/// <param name="namespaceName">The namespace, as it was asked for.</param>
/// <param name="nameOf">The name of a link by its index; null where it is gone.</param>
internal sealed class RouteMaker(string namespaceName, Func<int, string?> nameOf)
{
    // Enough for any router; beyond it they are made anew for each route, so that memory stays flat.
    private const int MostTraits = 4096;
    private readonly Dictionary<byte[], RouteTraits> _traits = new(BytesComparer.Instance);
    private readonly Dictionary<int, string?> _names = [];

    /// <summary>The ways behind next hop objects, for routes that name one and nothing else.</summary>
    public Dictionary<uint, NetLinkNextHop[]>? NextHopObjects { get; set; }

    /// <summary>A maker that knows neither namespace nor names.</summary>
    public static RouteMaker Nameless => new("", _ => null);

    /// <summary>Reads a message and makes a route of it.</summary>
    public bool Decode(in Message message, out NetLinkRoute route)
    {
        bool read = RouteView.TryRead(in message, out RouteView view);
        route = read ? Make(in view) : null!;
        return read;
    }

    public NetLinkRoute Make(scoped in RouteView view) =>
        new(Traits(in view), Address(in view), view.IsIPv4, view.Header.DestinationLength, view.Metric);

    /// <summary>Forgets names, and what bears them: a link was renamed or went away.</summary>
    public void Forget()
    {
        _names.Clear();
        _traits.Clear();
    }

    // The kernel keeps no bits behind the prefix; the masks are for what is not from the kernel.
    private static UInt128 Address(scoped in RouteView view)
    {
        int length = view.Header.DestinationLength;
        if (view.Destination.IsEmpty || length == 0)
            return 0;
        return view.IsIPv4
            ? BinaryPrimitives.ReadUInt32BigEndian(view.Destination) & (uint.MaxValue << (32 - length))
            : BinaryPrimitives.ReadUInt128BigEndian(view.Destination) & (UInt128.MaxValue << (128 - length));
    }

    // Found by the very bytes that the kernel wrote, put together.
    private RouteTraits Traits(scoped in RouteView view)
    {
        const int Fixed = 28;
        Span<byte> room = stackalloc byte[256];
        if (view.Several.Length > room.Length - Fixed - 32)
            return NewTraits(in view);
        MemoryMarshal.Write(room, view.Header.Protocol | ((uint)(byte)view.Header.Scope << 8) | ((uint)view.Header.Type << 16) | (view.Header.Flags << 24));
        MemoryMarshal.Write(room[4..], view.Table);
        MemoryMarshal.Write(room[8..], view.Mtu);
        MemoryMarshal.Write(room[12..], view.NextHopId);
        MemoryMarshal.Write(room[16..], view.InterfaceIndex);
        MemoryMarshal.Write(room[20..], view.Gateway.Length);
        MemoryMarshal.Write(room[24..], view.PreferredSource.Length);
        int length = Fixed;
        length += Append(room, length, view.Gateway);
        length += Append(room, length, view.PreferredSource);
        length += Append(room, length, view.Several);
        ReadOnlySpan<byte> key = room[..length];
        Dictionary<byte[], RouteTraits>.AlternateLookup<ReadOnlySpan<byte>> known = _traits.GetAlternateLookup<ReadOnlySpan<byte>>();
        if (known.TryGetValue(key, out RouteTraits? traits))
            return traits;
        traits = NewTraits(in view);
        if (_traits.Count < MostTraits)
            _traits[key.ToArray()] = traits;
        return traits;
    }

    private static int Append(Span<byte> room, int at, ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(room[at..]);
        return bytes.Length;
    }

    private RouteTraits NewTraits(scoped in RouteView view) => new()
    {
        Namespace = namespaceName,
        Protocol = RouteProtocols.NameOf(view.Header.Protocol),
        Table = RouteTables.NameOf(view.Table),
        Type = view.Header.Type,
        Scope = view.Header.Scope,
        PreferredSource = view.PreferredSource.IsEmpty ? null : new IPAddress(view.PreferredSource),
        Mtu = view.Mtu == 0 ? null : view.Mtu,
        NextHopId = view.NextHopId == 0 ? null : view.NextHopId,
        Ways = Ways(in view),
    };

    private NetLinkNextHop[] Ways(scoped in RouteView view)
    {
        if (view.Refuses)
            return [];
        if (!view.Several.IsEmpty)
            return Several(view.Several);
        return view.Gateway.IsEmpty && view.InterfaceIndex == 0
            ? NextHopObjects?.GetValueOrDefault(view.NextHopId) ?? []
            : [Hop(view.Gateway, view.InterfaceIndex, 1, (NextHopFlags)view.Header.Flags)];
    }

    private NetLinkNextHop[] Several(ReadOnlySpan<byte> bytes)
    {
        List<NetLinkNextHop> hops = [];
        var reader = new NextHopReader(bytes);
        while (reader.Next())
            hops.Add(Hop(reader.Gateway, reader.Header.Index, reader.Header.Hops + 1, reader.Header.Flags));
        return [.. hops];
    }

    private NetLinkNextHop Hop(ReadOnlySpan<byte> gateway, int index, int weight, NextHopFlags flags) => new()
    {
        Gateway = gateway.IsEmpty ? null : new IPAddress(gateway),
        InterfaceIndex = index,
        InterfaceName = Name(index),
        Weight = weight,
        OnLink = flags.HasFlag(NextHopFlags.OnLink),
        IsDead = (flags & (NextHopFlags.Dead | NextHopFlags.LinkDown)) != 0,
    };

    private string? Name(int index)
    {
        if (!_names.TryGetValue(index, out string? name))
            _names[index] = name = index == 0 ? null : nameOf(index);
        return name;
    }

    /// <summary>Byte strings as keys that a span finds.</summary>
    private sealed class BytesComparer : IEqualityComparer<byte[]>, IAlternateEqualityComparer<ReadOnlySpan<byte>, byte[]>
    {
        public static BytesComparer Instance { get; } = new();

        public bool Equals(byte[]? x, byte[]? y) => x.AsSpan().SequenceEqual(y);

        public int GetHashCode(byte[] obj) => GetHashCode(obj.AsSpan());

        public bool Equals(ReadOnlySpan<byte> alternate, byte[] other) => alternate.SequenceEqual(other);

        public int GetHashCode(ReadOnlySpan<byte> alternate)
        {
            ulong hash = (ulong)alternate.Length;
            for (; alternate.Length >= 8; alternate = alternate[8..])
                hash = (hash ^ MemoryMarshal.Read<ulong>(alternate)) * 0x9e3779b97f4a7c15;
            foreach (byte one in alternate)
                hash = (hash ^ one) * 0x100000001b3;
            return (int)(hash >> 32) ^ (int)hash;
        }

        public byte[] Create(ReadOnlySpan<byte> alternate) => alternate.ToArray();
    }
}
