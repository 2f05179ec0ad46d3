using System.Buffers.Binary;
using System.Net;
using System.Net.Sockets;

namespace WgNet.Fabric;

/// <summary>The addresses that tunnels get: a pair for each, an even one and the odd one behind it, as /31 and /127 (RFC 3021, RFC 6164).</summary>
internal sealed class TunnelPool
{
    private readonly List<AddressRange> _ipv4 = [];
    private readonly List<AddressRange> _ipv6 = [];

    public bool HasIPv4 => _ipv4.Count > 0;

    public bool HasIPv6 => _ipv6.Count > 0;

    /// <summary>Reads pools. Fault "InvalidAddress": one is neither prefix nor range.</summary>
    public static TunnelPool Of(IEnumerable<string> texts)
    {
        var pool = new TunnelPool();
        foreach (string text in texts)
        {
            AddressRange range = AddressRange.Parse(text);
            (range.Family == AddressFamily.InterNetwork ? pool._ipv4 : pool._ipv6).Add(range);
        }

        return pool;
    }

    /// <summary>How many pairs of a family there are.</summary>
    public UInt128 Capacity(AddressFamily family)
    {
        UInt128 sum = 0;
        foreach (AddressRange range in RangesOf(family))
            sum += range.Pairs;
        return sum;
    }

    /// <summary>The address of one end of a pair's tunnel: the gateway of the lower number has the even one. Null: the pool has no so many pairs, or no such family.</summary>
    public IPAddress? Find(AddressFamily family, long pair, bool odd)
    {
        var left = (UInt128)pair;
        foreach (AddressRange range in RangesOf(family))
        {
            if (left < range.Pairs)
                return range.At((2 * left) + (odd ? UInt128.One : UInt128.Zero));
            left -= range.Pairs;
        }

        return null;
    }

    /// <summary>Whether an address is one that tunnels may get.</summary>
    public bool Contains(IPAddress address) => RangesOf(address.AddressFamily).Exists(range => range.Contains(address));

    private List<AddressRange> RangesOf(AddressFamily family) => family == AddressFamily.InterNetwork ? _ipv4 : _ipv6;
}

/// <summary>Addresses in a row, of one family.</summary>
internal sealed record AddressRange(AddressFamily Family, UInt128 First, UInt128 Last)
{
    /// <summary>How many pairs of an even and an odd address lie in it.</summary>
    public UInt128 Pairs
    {
        get
        {
            // The last pair ends with an odd address; all of IPv6 would not fit into the count, and nobody has it.
            UInt128 start = (First + 1) >> 1, end = (Last >> 1) + (Last & 1);
            return end > start ? end - start : 0;
        }
    }

    /// <summary>Reads "10.0.0.0/24", "2001:db8::/64" or "10.0.0.1-10.0.0.9". Fault "InvalidAddress".</summary>
    public static AddressRange Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        int dash = text.IndexOf('-', StringComparison.Ordinal);
        if (dash > 0 && IPAddress.TryParse(text.AsSpan(0, dash), out IPAddress? first) && IPAddress.TryParse(text.AsSpan(dash + 1), out IPAddress? last)
            && first.AddressFamily == last.AddressFamily && ToNumber(first) <= ToNumber(last))
        {
            return new AddressRange(first.AddressFamily, ToNumber(first), ToNumber(last));
        }

        int slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash > 0 && IPNetwork.TryParse(text, out IPNetwork network) && network.BaseAddress.Equals(IPAddress.Parse(text.AsSpan(0, slash))))
        {
            UInt128 start = ToNumber(network.BaseAddress);
            int bits = network.BaseAddress.AddressFamily == AddressFamily.InterNetwork ? 32 : 128;
            UInt128 size = network.PrefixLength == 0 && bits == 128 ? UInt128.MaxValue : (UInt128.One << (bits - network.PrefixLength)) - 1;
            return new AddressRange(network.BaseAddress.AddressFamily, start, start + size);
        }

        throw new FaultException("InvalidAddress", FaultKind.InvalidArgument,
            $"'{text}' is neither a prefix, its host bits zero, nor a range of addresses such as 10.0.0.0-10.0.0.255.", text);
    }

    /// <summary>The network of this length that an address lies in.</summary>
    public static IPNetwork Network(IPAddress address, int length)
    {
        byte[] bytes = address.GetAddressBytes();
        for (int bit = length; bit < bytes.Length * 8; bit++)
            bytes[bit / 8] &= (byte)~(128 >> (bit % 8));
        return new IPNetwork(new IPAddress(bytes), length);
    }

    public bool Overlaps(AddressRange other) => Family == other.Family && First <= other.Last && other.First <= Last;

    public bool Contains(IPAddress address) => address.AddressFamily == Family && ToNumber(address) is { } number && number >= First && number <= Last;

    /// <summary>The address this far behind the first even one.</summary>
    public IPAddress At(UInt128 offset) => ToAddress(First + (First & 1) + offset);

    private static UInt128 ToNumber(IPAddress address)
    {
        Span<byte> bytes = stackalloc byte[16];
        address.TryWriteBytes(bytes, out int count);
        return count == 4 ? BinaryPrimitives.ReadUInt32BigEndian(bytes) : BinaryPrimitives.ReadUInt128BigEndian(bytes);
    }

    private IPAddress ToAddress(UInt128 number)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, number);
        return new IPAddress(Family == AddressFamily.InterNetwork ? bytes[12..] : bytes);
    }
}
