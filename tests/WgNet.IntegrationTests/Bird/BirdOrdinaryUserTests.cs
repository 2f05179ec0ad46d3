using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Bird;

/// <summary>A user without rights before a live BIRD's control socket: one PermissionDenied error that says what to do, never an empty answer.</summary>
public sealed class BirdOrdinaryUserTests(SharedBirdPair<InstalledBird> shared) : IClassFixture<SharedBirdPair<InstalledBird>>, IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    private readonly OrdinaryUser _user = new();

    public void Dispose() => _user.Dispose();

    [Fact]
    public void A_socket_without_permission_is_said_to_be_one()
    {
        BirdPair pair = shared.Pair;
        File.SetUnixFileMode(pair.Folder, File.GetUnixFileMode(pair.Folder) | UnixFileMode.OtherExecute);
        string[] commands = ["Get-BirdStatus", "Get-BirdProtocol BGP0", "Get-BirdRoute", "Get-BirdRoute -Count", "Get-BirdOspfStatus", "Restart-BirdProtocol BGP0", "Wait-BirdProtocol BGP0 -Timeout 5", "Update-BirdConfig -Check", "Invoke-BirdCommand 'show status'"];
        string script = string.Join(
            '\n', commands.Select(command => $"@({command} -ControlSocket {pair.SocketA} 2>&1).ForEach({{ \"$($_.CategoryInfo.Category)|$($_.FullyQualifiedErrorId.Split(',')[0])|$($_.TargetObject)|$_\" }})"));
        try
        {
            File.SetUnixFileMode(pair.SocketA, Owner);
            string expected = $"PermissionDenied|BirdPermissionDenied|{pair.SocketA}|May not use the control socket '{pair.SocketA}': run as root or as a member of the group that owns it (on Debian: bird).";
            Assert.Equal(Enumerable.Repeat(expected, commands.Length), _user.Run(pair.NamespaceA, script).Split('\n'));

            // The permission is all that was missing.
            File.SetUnixFileMode(pair.SocketA, Everybody);
            Assert.Equal("Running", _user.Run(pair.NamespaceA, $"(Get-BirdStatus -ControlSocket {pair.SocketA}).State"));
        }
        finally
        {
            File.SetUnixFileMode(pair.SocketA, Owner);
        }
    }
}
