using System.Text.RegularExpressions;
using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

/// <summary>Configurations as objects: whatever the model can say, and values that must not become syntax. The article's own are in <see cref="ArticleConfigurationTests"/>.</summary>
public sealed partial class ConfigurationTests : IDisposable
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);

    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;

    public static TheoryData<string> Programs => BirdProgramFile.All;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [MemberData(nameof(Programs))]
    public void Every_BIRD_takes_everything_that_the_model_can_say(string program)
    {
        string bird = BirdProgramFile.Find(program), file = Path.Combine(_folder, "bird.conf");
        Directory.CreateDirectory(Path.Combine(_folder, "own.d"));
        File.WriteAllText(Path.Combine(_folder, "own.conf"), "filter own { accept; }\n");
        Assert.True(BirdConfigurationFile.Write(Gateway(), file, bird: bird));
        Assert.True(BirdConfigurationFile.Write(Everything(), file, bird: bird));
        Assert.False(BirdConfigurationFile.Write(Everything(), file, bird: bird));
        Assert.StartsWith(BirdConfigurationFile.Mark, File.ReadAllText(file), StringComparison.Ordinal);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead, File.GetUnixFileMode(file));
        Assert.Equal(["bird.conf", "own.conf"], Directory.GetFiles(_folder).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Programs))]
    public void What_BIRD_does_not_take_changes_nothing(string program)
    {
        string bird = BirdProgramFile.Find(program), file = Path.Combine(_folder, "bird.conf");
        BirdConfigurationFile.Write(Gateway(), file, bird: bird);
        string before = File.ReadAllText(file);
        BirdConfiguration bad = Gateway() with { Protocols = [.. Gateway().Protocols, new BirdConfigDevice { Name = "PRIVATE" }] };
        BirdException refused = Assert.Throws<BirdException>(() => BirdConfigurationFile.Write(bad, file, bird: bird));
        Assert.Equal(("BirdConfigError", file), (refused.Id, refused.File));
        Assert.Equal(1 + Array.FindIndex(bad.ToText().Split('\n'), line => line.StartsWith("protocol device PRIVATE", StringComparison.Ordinal)) + 1, refused.Line);
        Assert.Equal(before, File.ReadAllText(file));
        Assert.Single(Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_of_somebody_else_stays_unless_told_so()
    {
        string bird = BirdProgramFile.Find("bird"), file = Path.Combine(_folder, "bird.conf");
        File.WriteAllText(file, "# mine\nrouter id 10.0.0.1;\n");
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        Assert.Equal("BirdConfigNotOurs", Assert.Throws<FaultException>(() => BirdConfigurationFile.Write(Gateway(), file, bird: bird)).Id);
        Assert.StartsWith("# mine", File.ReadAllText(file), StringComparison.Ordinal);
        Assert.True(BirdConfigurationFile.Write(Gateway(), file, overwrite: true, bird: bird));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead, File.GetUnixFileMode(file));
        Assert.Equal("BirdProgramNotFound", Assert.Throws<FaultException>(() => BirdConfigurationFile.Write(Everything(), file, bird: Path.Combine(_folder, "absent"))).Id);
        Assert.Equal("BirdConfigWriteFailed", Assert.Throws<FaultException>(() => BirdConfigurationFile.Write(Everything(), Path.Combine(_folder, "absent/bird.conf"), bird: bird)).Id);
    }

    // Whatever a name, text or address holds: it is refused, or the text has the same words of syntax as with a harmless one.
    [Fact]
    public void No_value_becomes_syntax() => Gen.Char["ab1 \"'{};#/*\\\n\t%.:-_@é"].Array[0, 12].Select(chars => new string(chars)).Sample(
        value =>
        {
            foreach ((Func<string, BirdConfiguration> make, string harmless) in s_places)
            {
                string text;
                try
                {
                    text = make(value).ToText();
                }
                catch (FaultException refused)
                {
                    Assert.StartsWith("BirdInvalid", refused.Id, StringComparison.Ordinal);
                    continue;
                }

                Assert.Equal(Syntax(make(harmless).ToText()), Syntax(text));
            }
        },
        iter: 3000);

    [Fact]
    public void Values_out_of_their_bounds_are_refused()
    {
        var channel = new BirdConfigChannel { Family = BirdFamily.Ipv4 };
        Assert.All<BirdConfigProtocol>(
            [
                new BirdConfigDevice { ScanTime = TimeSpan.FromMilliseconds(1500) },
                new BirdConfigOspf { Version = 4, Channel = channel },
                new BirdConfigStatic { Channel = channel, Routes = [new() { Prefix = "10.0.0.1/8" }] },
                new BirdConfigStatic { Channel = channel, Routes = [new() { Prefix = "10.0.0.0/8", NextHops = [new()] }] },
                new BirdConfigKernel { Channel = channel with { Preference = 70_000 } },
                new BirdConfigKernel { Channel = channel with { Export = BirdConfigFilter.Prefixes(new BirdPrefixRange("10.0.0.0/8", 4)) } },
                new BirdConfigKernel { Channel = channel with { Export = BirdConfigFilter.Not(BirdConfigFilter.All) } },
                new BirdConfigBgp { LocalAS = 0, NeighborAS = 1, NeighborAddress = "10.0.0.1", Channels = [] },
                new BirdConfigBgp { LocalAS = 1, NeighborAS = 1, NeighborAddress = "10.0.0.256", Channels = [] },
            ],
            protocol => Assert.StartsWith("BirdInvalid", Assert.Throws<FaultException>(() => Configuration(protocol).ToText()).Id, StringComparison.Ordinal));
        FaultException secret = Assert.Throws<FaultException>(() => Configuration(new BirdConfigBgp { LocalAS = 1, NeighborAS = 1, NeighborAddress = "10.0.0.1", Channels = [], Password = "geheim\"" }).ToText());
        Assert.DoesNotContain("geheim", secret.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("geheim", new BirdConfigBgp { LocalAS = 1, NeighborAS = 1, NeighborAddress = "10.0.0.1", Channels = [], Password = "geheim" }.ToString(), StringComparison.Ordinal);
    }

    private static readonly (Func<string, BirdConfiguration> Make, string Harmless)[] s_places =
    [
        (value => Configuration(new BirdConfigDevice { Name = value }), "a"),
        (value => Configuration(new BirdConfigDevice { Description = value }), "a"),
        (value => Configuration(new BirdConfigDevice()) with { Includes = [value] }, "a"),
        (value => Configuration(new BirdConfigKernel { Channel = new() { Family = BirdFamily.Ipv4, Export = BirdConfigFilter.Interfaces(value) } }), "a"),
        (value => Configuration(new BirdConfigKernel { Channel = new() { Family = BirdFamily.Ipv4, Export = BirdConfigFilter.Named(value) } }), "a"),
        (value => Configuration(new BirdConfigBgp { LocalAS = 1, NeighborAS = 2, NeighborAddress = "fe80::1%" + value, Channels = [], Password = value }), "a"),
    ];

    private static BirdConfiguration Configuration(BirdConfigProtocol protocol) => new() { RouterId = "10.0.0.1", Protocols = [protocol] };

    private static BirdConfiguration Gateway()
    {
        BirdConfigOspfInterface Timed(string name) => new() { Name = name, Hello = s_second, Dead = 4 * s_second, Wait = 2 * s_second };
        BirdConfigChannel Open(BirdFamily family) => new() { Family = family, Import = BirdConfigFilter.All, Export = BirdConfigFilter.All };
        return new BirdConfiguration
        {
            RouterId = "1.0.1.1",
            Protocols =
            [
                new BirdConfigDevice(),
                new BirdConfigKernel { Name = "KERNEL4", Persist = true, Learn = true, MergePaths = true, Channel = Open(BirdFamily.Ipv4) },
                new BirdConfigKernel { Name = "KERNEL6", Persist = true, Learn = true, MergePaths = true, Channel = Open(BirdFamily.Ipv6) },
                new BirdConfigOspf
                {
                    Name = "PRIVATE", Version = 3, MergeExternal = true, Channel = Open(BirdFamily.Ipv6),
                    Areas = [new() { Interfaces = [Timed("eth1"), Timed("eth2"), new() { Name = "dummy0", Stub = true }] }],
                },
                new BirdConfigBgp
                {
                    Name = "IBGP_V2_1", LocalAddress = "2001:db8:ff::0", LocalAS = 65001, NeighborAddress = "2001:db8:ff::1", NeighborAS = 65002,
                    HoldTime = 6 * s_second, ConnectDelay = s_second, ConnectRetry = 2 * s_second, ErrorWaitShortest = s_second, ErrorWaitLongest = 5 * s_second,
                    Channels = [new() { Family = BirdFamily.Ipv6, Import = BirdConfigFilter.All, Export = BirdConfigFilter.Interfaces("eth*"), Preference = 160 }],
                },
            ],
        };
    }

    private static BirdConfiguration Everything() => Gateway() with
    {
        LogFile = "/var/log/bird wgnet.log",
        Tables = [new("other4", BirdFamily.Ipv4), new("other-6", BirdFamily.Ipv6)],
        Includes = ["own.conf", "own.d/*.conf"],
        Protocols =
        [
            .. Gateway().Protocols,
            new BirdConfigKernel { Name = "K-2", ScanTime = 20 * s_second, KernelTable = 42, Metric = 1024, Channel = new() { Family = BirdFamily.Ipv4, Table = "other4", Export = BirdConfigFilter.Named("own") } },
            new BirdConfigBfd { Name = "BFD", Interfaces = ["wg*", "eth0"], Interval = TimeSpan.FromMilliseconds(200), Multiplier = 3 },
            new BirdConfigStatic
            {
                Name = "static.routes", Description = "what is always there; or not", Channel = new() { Family = BirdFamily.Ipv4 },
                Routes =
                [
                    new() { Prefix = "10.0.0.0/8" }, new() { Prefix = "10.1.0.0/16", Unreachable = false },
                    new() { Prefix = "10.2.0.0/16", NextHops = [new("192.0.2.1"), new("192.0.2.2") { Bfd = true, Weight = 2 }] }, new() { Prefix = "10.3.0.0/16", NextHops = [new(InterfaceName: "wg1")] },
                ],
            },
            new BirdConfigStatic { Channel = new() { Family = BirdFamily.Ipv6, Table = "other-6" }, Routes = [new() { Prefix = "2001:db8:1::/48", NextHops = [new("fe80::1%wg1")] }] },
            new BirdConfigOspf
            {
                Version = 2, Ecmp = false, Channel = new() { Family = BirdFamily.Ipv4, Export = BirdConfigFilter.None },
                Areas = [new() { Id = 0x0a000001, Interfaces = [new() { Name = "wg?", PointToPoint = true, Cost = 5, Bfd = true }] }],
            },
            new BirdConfigBgp
            {
                LocalAS = 65001, NeighborAS = 4_200_000_001, NeighborAddress = "fe80::2%wg1", Bfd = true, Passive = true, Password = "two words", Disabled = true,
                Channels =
                [
                    new()
                    {
                        Family = BirdFamily.Ipv4, ExtendedNextHop = true, NextHopSelf = true, ImportLimit = 100, KeepFiltered = true,
                        Import = BirdConfigFilter.Both(BirdConfigFilter.Prefixes(BirdPrefixRange.Within("10.0.0.0/8"), new("192.0.2.0/24", 25, 28)), BirdConfigFilter.Not(BirdConfigFilter.Prefixes(new BirdPrefixRange("10.1.0.0/16")))),
                        Export = BirdConfigFilter.Either(BirdConfigFilter.Interfaces("eth*", "dummy0"), BirdConfigFilter.Prefixes()),
                    },
                    new() { Family = BirdFamily.Ipv6, Import = BirdConfigFilter.Prefixes(BirdPrefixRange.Within("2001:db8::/32")), Export = BirdConfigFilter.Interfaces() },
                ],
            },
            new BirdConfigBgp { LocalAS = 65001, NeighborAS = 65001, NeighborAddress = "192.0.2.9", Multihop = 3, Channels = [new() { Family = BirdFamily.Ipv4 }] },
        ],
    };

    // A text and a quoted name each as one sign; a bare name like a quoted one.
    private static string Syntax(string text) => Blanks().Replace(BareName().Replace(Quoted().Replace(text, "Q"), "$1 Q"), " ");

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();

    [GeneratedRegex("\"[^\"\n]*\"|'[^'\n]*'")]
    private static partial Regex Quoted();

    [GeneratedRegex(@"(protocol device|export filter|fe80::1%)\s*\w+")]
    private static partial Regex BareName();
}
