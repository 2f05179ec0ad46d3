using System.Globalization;
using System.Runtime.InteropServices;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>
/// Answers the lists of one gateway's namespace with what the kernel sent, if it is asked in the very bytes that the kernel was asked in
/// then.
/// </summary>
internal sealed class RecordedKernel : INetlinkChannel
{
    private static readonly string[] s_lists = ["getlink", "getaddr4", "getaddr6", "getroute4", "getroute6", "getneigh4", "getneigh6"];

    public static RouteSession Session() => new(new RecordedKernel(), "private");

    public void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default) =>
        throw new NetlinkException(operation, Errno.EOPNOTSUPP, target: target);

    public List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default) =>
        throw new NetlinkException(operation, Errno.ENODEV, target: target);

    public string? LinkName(int index) => Recording.Decode<NetLink>("getlink", LinkCodec.Decode).Find(link => link.Index == index)?.Name;

    public List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        byte[] asked = Recording.WithoutCounterFilter(request);
        MemoryMarshal.Write(asked.AsSpan(8), 1u);
        string? list = s_lists.FirstOrDefault(name => Fixture.Bytes($"netlink/{name}.req.bin").AsSpan().SequenceEqual(asked));
        Assert.True(list is not null, $"{operation}: no recorded list was asked for by {Convert.ToHexString(asked)}");
        return Recording.Decode(list, decode);
    }
}

/// <summary>Recorded datagrams of the kernel: NAME.bin, NAME.idx with their lengths, NAME.req.bin for the request.</summary>
internal static class Recording
{
    public static List<T> Decode<T>(string name, MessageDecoder<T> decode)
    {
        byte[] bytes = Fixture.Bytes($"netlink/{name}.bin");
        List<T> items = [];
        int start = 0;
        foreach (int length in Lengths(name))
        {
            var reader = new MessageReader(bytes.AsSpan(start, length));
            start += length;
            while (reader.Next(out Message message))
            {
                if (message.Type is NetlinkConstants.NLMSG_DONE or NetlinkConstants.NLMSG_ERROR)
                    Assert.Equal(0, Acknowledgement.Read(in message).Error);
                else if (decode(in message, out T item))
                    items.Add(item);
            }

            Assert.False(reader.Failed);
        }

        Assert.Equal(bytes.Length, start);
        return items;
    }

    /// <summary>The one acknowledgement of a recorded refusal.</summary>
    public static Acknowledgement Refusal(string name)
    {
        var reader = new MessageReader(Fixture.Bytes($"netlink/{name}.bin"));
        Assert.True(reader.Next(out Message message));
        return Acknowledgement.Read(in message);
    }

    /// <summary>A list of links without IFLA_EXT_MASK, which the recording did not use.</summary>
    public static byte[] WithoutCounterFilter(ReadOnlySpan<byte> request)
    {
        const int Bare = 32;
        byte[] copy = request.ToArray();
        if (MemoryMarshal.Read<ushort>(request[4..]) != RouteConstants.RTM_GETLINK || copy.Length == Bare)
            return copy;
        copy = copy[..Bare];
        MemoryMarshal.Write(copy.AsSpan(), (uint)Bare);
        return copy;
    }

    private static IEnumerable<int> Lengths(string name) => Fixture.Text($"netlink/{name}.idx")
        .Split('\n', StringSplitOptions.RemoveEmptyEntries)
        .Select(line => int.Parse(line, CultureInfo.InvariantCulture));
}
