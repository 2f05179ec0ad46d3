using System.Runtime.InteropServices;
using CsCheck;
using WgNet.Netlink;
using Xunit;

namespace WgNet.UnitTests.Netlink;

/// <summary>What is written reads back; what is garbage is refused and never crashes.</summary>
public sealed class CodecProperties
{
    private static readonly string[] s_recordings =
        [.. Fixture.Names("netlink", "*.bin").Where(name => !name.EndsWith(".req.bin", StringComparison.Ordinal)).Select(name => $"netlink/{name}")];

    [Fact]
    public void Attributes_read_back_as_they_were_written() =>
        Gen.Select(Gen.UShort[1, NetlinkConstants.NLA_TYPE_MASK], Gen.Byte.Array[0, 40]).Array[0, 20].Sample(attributes =>
        {
            var writer = new MessageWriter(new byte[2048]);
            writer.Begin(RouteConstants.RTM_NEWLINK, MessageFlags.None);
            int nest = writer.Nest(1);
            foreach ((ushort type, byte[] value) in attributes)
                writer.Bytes(type, value);
            writer.EndNest(nest);
            writer.End();
            var messages = new MessageReader(writer.Written);
            Assert.True(messages.Next(out Message message));
            var outer = new AttributeReader(message.Payload);
            Assert.True(outer.Next());
            AttributeReader reader = outer.Nested;
            foreach ((ushort type, byte[] value) in attributes)
            {
                Assert.True(reader.Next());
                Assert.Equal(type, reader.Type);
                Assert.Equal(value, reader.Value.ToArray());
            }

            Assert.False(reader.Next() || reader.Failed || outer.Next() || outer.Failed || messages.Next(out _) || messages.Failed);
        });

    [Fact]
    public void A_buffer_too_small_is_told_and_nothing_cut_is_sent() => Gen.Select(Gen.Int[0, 200], Gen.Int[0, 200]).Sample((room, length) =>
    {
        var writer = new MessageWriter(new byte[room]);
        writer.Begin(RouteConstants.RTM_NEWLINK, MessageFlags.None);
        writer.Bytes(1, new byte[length]);
        writer.End();
        bool fits = NetlinkConstants.Align(MessageHeader.Size + 4 + length) <= room;
        Assert.Equal(!fits, writer.Overflowed);
        try
        {
            Assert.Equal(MessageHeader.Size + NetlinkConstants.Align(4 + length), writer.Written.Length);
            Assert.True(fits);
        }
        catch (FaultException fault)
        {
            Assert.Equal("MessageTooLong", fault.Id);
            Assert.False(fits);
        }
    });

    [Fact]
    public void Addresses_read_back_as_they_were_written() => NetlinkGenerators.AddressSpec.Sample(spec =>
    {
        var writer = new MessageWriter(new byte[256]);
        AddressCodec.WriteAdd(ref writer, 7, spec);
        NetLinkAddress read = Assert.Single(Read<NetLinkAddress>(writer.Written, AddressCodec.Decode));
        Assert.Equal(
            (spec.Address, spec.PrefixLength, spec.Peer, spec.Flags, spec.Scope, 7),
            (read.Address, read.PrefixLength, read.Peer, read.Flags, read.Scope, read.InterfaceIndex));
    });

    [Fact]
    public void Routes_read_back_as_they_were_written() => NetlinkGenerators.Route.Sample(spec =>
    {
        var writer = new MessageWriter(new byte[4096]);
        RouteCodec.WriteAdd(ref writer, spec, replace: false);
        NetLinkRoute read = Assert.Single(Read<NetLinkRoute>(writer.Written, RouteCodec.Decode));
        Assert.Equal(
            (spec.Destination, spec.Metric, RouteTables.NameOf(spec.Table), RouteProtocols.NameOf(spec.Protocol), spec.Type, spec.PreferredSource, spec.Mtu),
            (read.Destination, read.Metric, read.Table, read.Protocol, read.Type, read.PreferredSource, read.Mtu));

        // A weight beside nothing means nothing.
        Assert.Equal(spec.NextHops.Count == 1 ? [spec.NextHops[0] with { Weight = 1 }] : spec.NextHops, read.NextHops);
    });

    [Fact]
    public void Arbitrary_bytes_never_crash_a_reader() => Gen.Byte.Array[0, 300].Sample(bytes => ReadAll(bytes), iter: 5000);

    [Fact]
    public void Well_framed_garbage_never_crashes_a_reader() =>
        Gen.Select(Gen.UShort[0, 130], Gen.Byte, Gen.Select(Gen.UShort[0, 40], Gen.Byte.Array[0, 40]).Array[0, 12]).Sample((type, family, attributes) =>
        {
            var writer = new MessageWriter(new byte[2048]);
            writer.Begin(type, MessageFlags.None);
            writer.Struct((uint)family);
            for (int i = 0; i < (type is >= 16 and < 20 ? 3 : type is >= 20 and < 24 ? 1 : 2); i++)
                writer.Struct(0u);
            foreach ((ushort attribute, byte[] value) in attributes)
                writer.Bytes(attribute, value);
            writer.End();
            ReadAll(writer.Written);
        }, iter: 5000);

    [Fact]
    public void Recorded_messages_with_broken_bytes_never_crash_a_reader() =>
        Gen.Select(Gen.Int[0, s_recordings.Length - 1], Gen.Select(Gen.Int[0, 20000], Gen.Byte).Array[1, 6]).Sample((recording, changes) =>
        {
            byte[] bytes = Fixture.Bytes(s_recordings[recording]);
            foreach ((int position, byte value) in changes)
                bytes[position % bytes.Length] = value;
            ReadAll(bytes);
        }, iter: 1000);

    [Fact]
    public void Messages_cut_anywhere_never_crash_a_reader()
    {
        foreach (string recording in s_recordings)
        {
            byte[] bytes = Fixture.Bytes(recording);
            for (int length = 0; length < Math.Min(bytes.Length, 1500); length++)
            {
                // A message that says that it is as long as what there is.
                byte[] cut = bytes[..length];
                if (length >= 4)
                    MemoryMarshal.Write(cut, Math.Min((uint)length, MemoryMarshal.Read<uint>(cut)));
                ReadAll(cut);
            }
        }
    }

    private static void ReadAll(ReadOnlySpan<byte> bytes)
    {
        Read<NetLink>(bytes, LinkCodec.Decode);
        Read<NetLinkAddress>(bytes, AddressCodec.Decode);
        Read<NetLinkRoute>(bytes, RouteCodec.Decode);
        Read<NetLinkNeighbor>(bytes, Neighbors.Decode);
        Read<NextHopObject>(bytes, NextHopObjects.Decode);
        Read<int>(bytes, NamespaceIds.Decode);
    }

    private static List<T> Read<T>(ReadOnlySpan<byte> bytes, MessageDecoder<T> decode)
    {
        List<T> items = [];
        var reader = new MessageReader(bytes);
        while (reader.Next(out Message message))
        {
            _ = Acknowledgement.Read(in message);
            if (decode(in message, out T item))
                items.Add(item);
        }

        return items;
    }
}
