using System.Globalization;

namespace WgNet.Bird;

/// <summary>What <c>show ospf lsadb</c> answers.</summary>
public static class OspfLsaQueries
{
    /// <summary>The advertisements that one OSPF protocol, or each, holds; nothing when no OSPF runs.</summary>
    public static IEnumerable<BirdOspfLsa> OspfLsas(this BirdClient client, string? protocol = null)
    {
        ArgumentNullException.ThrowIfNull(client);
        string[] names = protocol is null ? KindReplies.Names(client, "OSPF") : [protocol];
        return names.SelectMany(name => Parse(KindReplies.Lines(client, "show ospf lsadb", "OSPF", name), name, client.ControlSocket, client.Unknown));
    }

    // "Area 0.0.0.0" or "Link eth1" opens a part: heading, then "2001  0.0.0.0  1.0.1.1  80000002  122  f0ef".
    internal static IEnumerable<BirdOspfLsa> Parse(IEnumerable<BirdReplyLine> lines, string protocol, string controlSocket, Action<string> unknown)
    {
        (string scope, string? place) = ("", null);
        foreach (BirdReplyLine line in lines)
        {
            string[] words = line.Text.Split([' ', '\t'], StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [] or ["Type", "LS", ..]:
                    break;
                case ["Global"]:
                    (scope, place) = ("Global", null);
                    break;
                case ["Area" or "Link", _]:
                    (scope, place) = (words[0], words[1]);
                    break;
                case [.., "is", "not", "up"]:
                    break;
                case [_, _, _, _, _, _] when Row(words, protocol, scope, place, controlSocket) is { } one:
                    yield return one;
                    break;
                default:
                    unknown(line.Text);
                    break;
            }
        }
    }

    private static BirdOspfLsa? Row(string[] words, string protocol, string scope, string? place, string controlSocket) =>
        Hexadecimal(words[0]) is { } type && type <= ushort.MaxValue
            && Hexadecimal(words[3]) is { } sequence && Detail.Seconds(words[4]) is { } age && Hexadecimal(words[5]) is { } checksum and <= ushort.MaxValue
            ? new BirdOspfLsa
            {
                Protocol = protocol,
                Scope = scope,
                Area = scope == "Area" ? place : null,
                InterfaceName = scope == "Link" ? place : null,
                Type = (int)type,
                LinkStateId = words[1],
                AdvertisingRouter = words[2],
                Sequence = sequence,
                Age = age,
                Checksum = (int)checksum,
                ControlSocket = controlSocket,
            }
            : null;

    private static uint? Hexadecimal(string text) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out uint value) ? value : null;
}
