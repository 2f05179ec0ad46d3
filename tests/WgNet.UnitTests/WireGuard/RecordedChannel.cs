using System.Globalization;
using System.Runtime.InteropServices;
using WgNet.Netlink;
using WgNet.WireGuard.Kernel;
using Xunit;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Answers with recorded datagrams, and keeps what was asked. The family is looked up in its own recording.</summary>
internal sealed class RecordedChannel(byte[] answer, int[] datagrams) : INetlinkChannel
{
    private const string Folder = "wireguard-kernel";

    public List<byte[]> Requests { get; } = [];

    /// <summary>A capture of the given name: NAME.bin, and NAME.idx with its datagrams' lengths.</summary>
    public static RecordedChannel Of(string name) => new(
        Fixture.Bytes($"{Folder}/{name}.bin"),
        [.. Fixture.Text($"{Folder}/{name}.idx").Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => int.Parse(line, CultureInfo.InvariantCulture))]);

    public static byte[] RequestOf(string name) => Fixture.Bytes($"{Folder}/{name}.req.bin");

    /// <summary>A device whose requests are answered by this channel.</summary>
    public KernelDevice Device(string name) => new(this, name);

    public void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default)
    {
        Requests.Add(request.ToArray());
        Answer<bool>(answer, datagrams, null, operation);
    }

    public List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        Assert.NotEqual(0, request.Length);
        return Answer(Fixture.Bytes($"{Folder}/genl-getfamily-wireguard.bin"), [112], decode, operation);
    }

    public List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default)
    {
        Requests.Add(request.ToArray());
        return Answer(answer, datagrams, decode, operation);
    }

    /// <summary>A request with the sequence number of the recordings, which the socket would stamp.</summary>
    public static byte[] Stamped(byte[] request)
    {
        byte[] copy = [.. request];
        MemoryMarshal.Write(copy.AsSpan(8), 1u);
        return copy;
    }

    private static List<T> Answer<T>(byte[] bytes, int[] lengths, MessageDecoder<T>? decode, string operation)
    {
        var items = new List<T>();
        int start = 0;
        foreach (int length in lengths)
        {
            var reader = new MessageReader(bytes.AsSpan(start, length));
            start += length;
            while (reader.Next(out Message message))
            {
                if (message.Type is NetlinkConstants.NLMSG_ERROR or NetlinkConstants.NLMSG_DONE)
                {
                    Acknowledgement end = Acknowledgement.Read(in message);
                    return end.Error == 0 ? items : throw new NetlinkException(operation, end.Error, end.ExtendedAck, end.Offset);
                }

                if (decode is not null && decode(in message, out T item))
                    items.Add(item);
            }

            if (reader.Failed)
                throw new FaultException("MalformedReply", FaultKind.InvalidData, "cut");
        }

        return items;
    }
}
