using System.Text.RegularExpressions;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>
/// The three kinds of BIRD in the article's lab, said with objects: word by word what the sample writes by hand (fixtures, which
/// the lab's own test holds against the running lab), and taken by every BIRD.
/// </summary>
public sealed partial class ArticleConfigurationTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;

    public static TheoryData<string> Programs => BirdProgramFile.All;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("R1")]
    [InlineData("V1-1")]
    [InlineData("V1-1.private")]
    public void It_is_what_the_sample_writes_by_hand(string node) => Assert.Equal(Words(Fixture.Text($"bird/article-{node}.conf")), Words(Of(node).ToText()));

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_BIRD_takes_them(string program)
    {
        string bird = BirdProgramFile.Find(program);
        foreach (string node in new[] { "R1", "V1-1", "V1-1.private" })
            Assert.True(BirdConfigurationFile.Write(Of(node), Path.Combine(_folder, $"{node}.conf"), bird: bird));

        // With BFD beside the sessions, only the site's own prefixes announced, a static underlay, and the operator's file: what the sample has no need of.
        Directory.CreateDirectory(Path.Combine(_folder, "own.d"));
        File.WriteAllText(Path.Combine(_folder, "own.conf"), "filter site { if net ~ [ 10.0.1.0/24+ ] then accept; reject; }\n");
        BirdConfiguration more = Of("V1-1.private") with { Includes = ["own.conf", "own.d/*.conf"] };
        more = more with { Protocols = [.. more.Protocols.Select(Harden), new BirdConfigBfd { Interfaces = ["wg*"], Interval = TimeSpan.FromMilliseconds(200), Multiplier = 3 }, Underlay()] };
        Assert.True(BirdConfigurationFile.Write(more, Path.Combine(_folder, "more.conf"), bird: bird));
        string text = more.ToText();
        Assert.Equal(8, Regex.Count(text, "bfd on;"));
        Assert.Contains("export where (ifname ~ \"eth*\") && (net ~ [ 2001:db8:a1::/64{64,128} ]);", text, StringComparison.Ordinal);
        Assert.Contains("export filter site;", text, StringComparison.Ordinal);
    }

    private static BirdConfigProtocol Harden(BirdConfigProtocol protocol) => protocol is not BirdConfigBgp session ? protocol : session with
    {
        Bfd = true,
        Channels =
        [
            .. session.Channels.Select(channel => channel with
            {
                Export = channel.Family == BirdFamily.Ipv4
                    ? BirdConfigFilter.Named("site")
                    : BirdConfigFilter.Both(BirdConfigFilter.Interfaces("eth*"), BirdConfigFilter.Prefixes(BirdPrefixRange.Within("2001:db8:a1::/64"))),
            }),
        ],
    };

    private static BirdConfigStatic Underlay() => new()
    {
        Channel = new() { Family = BirdFamily.Ipv6 },
        Routes =
        [
            new() { Prefix = "2001:db8:2::/48", NextHops = [new("fe80::1%eth0")] },
            new() { Prefix = "2001:db8:3::/48", NextHops = [new("2001:db8:1::fe") { Weight = 2 }, new("2001:db8:1::ff", OnLink: true) { Weight = 1 }] },
        ],
    };

    private static BirdConfiguration Of(string node) => node switch { "R1" => Router(), "V1-1" => PublicSide(), _ => PrivateSide() };

    private static BirdConfiguration Router() => new()
    {
        RouterId = "0.0.0.1",
        Protocols =
        [
            new BirdConfigDevice(),
            Kernel("KERNEL4", BirdFamily.Ipv4, BirdConfigFilter.None),
            Kernel("KERNEL6", BirdFamily.Ipv6, BirdConfigFilter.None),
            new BirdConfigDirect { Channels = [new() { Family = BirdFamily.Ipv4 }, new() { Family = BirdFamily.Ipv6 }], Interfaces = ["*"] },
            Ospf(3, "PRIVATE", BirdFamily.Ipv6, "eth0"),
            Ospf(2, "PRIVATE4", BirdFamily.Ipv4, "eth0"),
        ],
    };

    private static BirdConfiguration PublicSide() => new()
    {
        RouterId = "0.0.1.1",
        Protocols = [new BirdConfigDevice(), Kernel("KERNEL6", BirdFamily.Ipv6, BirdConfigFilter.All), Ospf(3, "PUBLIC", BirdFamily.Ipv6, "eth0")],
    };

    private static BirdConfiguration PrivateSide()
    {
        (string Gateway, int Site)[] far = [("V2_1", 2), ("V2_2", 2), ("V3_1", 3), ("V3_2", 3)];
        IEnumerable<BirdConfigProtocol> sessions = far.SelectMany((one, i) => new[]
        {
            Session($"IBGP_{one.Gateway}", BirdFamily.Ipv6, $"2001:db8:ff::{2 * i}", $"2001:db8:ff::{2 * i + 1}", one.Site),
            Session($"IBGP4_{one.Gateway}", BirdFamily.Ipv4, $"169.254.1.{2 * i}", $"169.254.1.{2 * i + 1}", one.Site),
        });
        return new BirdConfiguration
        {
            RouterId = "1.0.1.1",
            Protocols =
            [
                new BirdConfigDevice(),
                Kernel("KERNEL4", BirdFamily.Ipv4, BirdConfigFilter.All),
                Kernel("KERNEL6", BirdFamily.Ipv6, BirdConfigFilter.All),
                Ospf(3, "PRIVATE", BirdFamily.Ipv6, "eth1", "eth2"),
                Ospf(2, "PRIVATE4", BirdFamily.Ipv4, "eth1", "eth2"),
                .. sessions,
            ],
        };
    }

    private static BirdConfigKernel Kernel(string name, BirdFamily family, BirdConfigFilter import) => new()
    {
        Name = name,
        Persist = true,
        Learn = import == BirdConfigFilter.All,
        MergePaths = true,
        Channel = new() { Family = family, Import = import, Export = BirdConfigFilter.All },
    };

    private static BirdConfigOspf Ospf(int version, string name, BirdFamily family, params string[] interfaces) => new()
    {
        Name = name,
        Version = version,
        MergeExternal = true,
        Channel = new() { Family = family, Import = BirdConfigFilter.All, Export = BirdConfigFilter.All },
        Areas =
        [
            new()
            {
                Interfaces =
                [
                    .. interfaces.Select(one => new BirdConfigOspfInterface { Name = one, Hello = s_second, Dead = 4 * s_second, Wait = 2 * s_second }),
                    new() { Name = "dummy0", Stub = true },
                ],
            },
        ],
    };

    private static BirdConfigBgp Session(string name, BirdFamily family, string own, string far, int site) => new()
    {
        Name = name,
        LocalAddress = own,
        LocalAS = 65001,
        NeighborAddress = far,
        NeighborAS = 65000 + (uint)site,
        HoldTime = 6 * s_second,
        ConnectDelay = s_second,
        ConnectRetry = 2 * s_second,
        ErrorWaitShortest = s_second,
        ErrorWaitLongest = 5 * s_second,
        Channels = [new() { Family = family, Import = BirdConfigFilter.All, Export = BirdConfigFilter.Interfaces("eth*"), Preference = 160 }],
    };

    private static string Words(string text) => Blanks().Replace(text, " ").Trim();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
