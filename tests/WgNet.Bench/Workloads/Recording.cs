using System.Globalization;
using WgNet.Netlink;

namespace WgNet.Bench;

/// <summary>Datagrams that a kernel sent once: the fixtures of the unit tests.</summary>
internal static class Recording
{
    /// <summary>What is done with a message; how many items it held.</summary>
    public delegate int Reading(in Message message);

    /// <summary>The datagrams of NAME.bin, whose lengths are in NAME.idx.</summary>
    public static byte[][] Of(string name)
    {
        string path = Path.Combine(AppContext.BaseDirectory, "recorded", name);
        byte[] bytes = File.ReadAllBytes(path + ".bin");
        int start = 0;
        return
        [
            .. File.ReadLines(path + ".idx").Where(line => line.Length > 0).Select(line =>
            {
                int length = int.Parse(line, CultureInfo.InvariantCulture);
                start += length;
                return bytes[(start - length)..start];
            }),
        ];
    }

    /// <summary>Walks all messages of data; how many items they held.</summary>
    public static int Walk(byte[][] datagrams, Reading read)
    {
        int items = 0;
        foreach (byte[] datagram in datagrams)
        {
            var reader = new MessageReader(datagram);
            while (reader.Next(out Message message))
            {
                if (message.Type > NetlinkConstants.NLMSG_OVERRUN)
                    items += read(in message);
            }
        }

        return items;
    }
}
