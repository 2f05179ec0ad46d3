using WgNet.Bird;
using WgNet.Fabric;
using Xunit;

namespace WgNet.UnitTests.Fabric;

/// <summary>The unit by which systemd keeps a gateway's BIRD.</summary>
public sealed class BirdUnitTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-unit-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Unit_runs_BIRD_in_the_private_namespace_and_starts_it_again()
    {
        string[] lines = Unit("/etc/wgnet/paris").Text.Split('\n');
        Assert.Equal(BirdConfigurationFile.Mark, lines[0]);
        Assert.Contains("NetworkNamespacePath=/run/netns/private", lines);
        Assert.Contains("ExecStart=/usr/sbin/bird -f -c /etc/wgnet/paris/bird.conf -s /run/wgnet/paris/bird.ctl -P /run/wgnet/paris/bird.pid", lines);
        Assert.Contains("Restart=on-failure", lines);
        Assert.Contains("ReadWritePaths=/run/wgnet/paris", lines);

        // A section, a setting, a comment or nothing: no line is anything else, and none is indented.
        Assert.All(lines, line => Assert.Matches(@"^(|#.*|\[\w+\]|\w+=\S.*)$", line));
    }

    [Fact]
    public void Unit_in_the_machines_own_namespace_names_none() =>
        Assert.DoesNotContain("NetworkNamespacePath", new BirdUnitFile(Daemon("/etc/x") with { Namespace = "" }, "paris", "/usr/sbin/bird", _folder).Text, StringComparison.Ordinal);

    /// <summary>systemd.service(5), "Command lines": quotes, per cent signs and dollar signs mean something.</summary>
    [Fact]
    public void Odd_paths_stay_one_word() =>
        Assert.Contains(" -c \"/etc/odd 100%% $$x/bird.conf\" ", Unit("/etc/odd 100% $x").Text, StringComparison.Ordinal);

    [Fact]
    public void Units_of_others_are_left_alone()
    {
        BirdUnitFile unit = Unit("/etc/wgnet/paris");
        Assert.Null(unit.Read());
        unit.Write(unit.Text);
        Assert.Equal(unit.Text, unit.Read());
        File.WriteAllText(unit.FilePath, "[Service]\n");
        Assert.Equal("BirdUnitNotOurs", Assert.Throws<FaultException>(() => unit.Read()).Id);
        unit.Write(null);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    private BirdUnitFile Unit(string folder) => new(Daemon(folder), "paris", "/usr/sbin/bird", _folder);

    private static BirdDaemon Daemon(string folder) => new()
    {
        Program = "bird",
        ConfigPath = $"{folder}/bird.conf",
        ControlSocket = "/run/wgnet/paris/bird.ctl",
        PidPath = "/run/wgnet/paris/bird.pid",
        Namespace = "private",
    };
}
