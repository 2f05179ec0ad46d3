using System.Management.Automation;
using System.Net.Sockets;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

/// <summary>Control sockets that are absent, that nobody serves, and that take a connection and hang.</summary>
public sealed class ControlSocketTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-bird-").FullName;
    private readonly Socket _left = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly Socket _hanging = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
    private readonly EngineSession _engine = new();

    public ControlSocketTests()
    {
        _left.Bind(new UnixDomainSocketEndPoint($"{_folder}/left.ctl"));
        _hanging.Bind(new UnixDomainSocketEndPoint($"{_folder}/hanging.ctl"));
        _hanging.Listen();
    }

    public static TheoryData<string> Commands =>
    [
        "Get-BirdStatus", "Get-BirdProtocol", "Get-BirdProtocol x -Detail", "Get-BirdRoute", "Get-BirdRoute -Count", "Get-BirdInterface", "Get-BirdOspfNeighbor", "Get-BirdBfdSession",
        "Enable-BirdProtocol x", "Disable-BirdProtocol x", "Restart-BirdProtocol x", "Wait-BirdProtocol x", "Update-BirdConfig", "Update-BirdConfig -Check", "Invoke-BirdCommand 'show status'",
    ];

    public void Dispose()
    {
        _engine.Dispose();
        _left.Dispose();
        _hanging.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public void Every_cmdlet_says_what_is_wrong_with_the_socket(string command)
    {
        Assert.Equal(ErrorCategory.ObjectNotFound, Fail("BirdSocketNotFound", command, "absent.ctl").CategoryInfo.Category);
        ErrorRecord refused = Fail("BirdConnectionRefused", command, "left.ctl");
        Assert.Equal(ErrorCategory.ConnectionError, refused.CategoryInfo.Category);
        Assert.Equal($"{_folder}/left.ctl", refused.TargetObject);
        Assert.Equal(ErrorCategory.OperationTimeout, Fail("BirdTimeout", command + " -ResponseTimeout 1", "hanging.ctl").CategoryInfo.Category);
    }

    [Theory]
    [InlineData("Get-BirdRoute")]
    [InlineData("Wait-BirdProtocol x -Timeout 600")]
    [InlineData("Update-BirdConfig")]
    [InlineData("Invoke-BirdCommand help")]
    public void Stopping_ends_a_hanging_cmdlet_within_a_second(string command)
    {
        _engine.Stop($"{command} -ResponseTimeout 600 -ControlSocket $socket", TimeSpan.FromSeconds(1), ("socket", $"{_folder}/hanging.ctl"));
    }

    [Fact]
    public void One_bad_daemon_does_not_stop_the_others()
    {
        EngineResult result = _engine.Run("Get-BirdStatus -ControlSocket $absent, $left, \"$folder/*.none\"", ("absent", $"{_folder}/absent.ctl"), ("left", $"{_folder}/left.ctl"), ("folder", _folder));
        Assert.Equal(["BirdSocketNotFound", "BirdConnectionRefused"], result.ErrorIds);
    }

    private ErrorRecord Fail(string id, string command, string socket) => _engine.Fail(id, command + " -ControlSocket $socket", ("socket", $"{_folder}/{socket}"));
}
