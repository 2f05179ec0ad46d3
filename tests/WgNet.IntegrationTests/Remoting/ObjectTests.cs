using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Remoting;

/// <summary>Objects that come from a gateway look and bind as they do there, and keep its secrets.</summary>
public sealed class ObjectTests : IClassFixture<RemoteGateway>
{
    private readonly RemoteGateway _gateway;
    private readonly EngineSession _client;

    public ObjectTests(RemoteGateway gateway)
    {
        gateway.Start();
        _gateway = gateway;
        _client = gateway.Client;
    }

    [Theory]
    [InlineData("Get-WgPeer", "WgNet.WgPeer")]
    [InlineData("Get-WgTunnel", "WgNet.WgTunnel")]
    [InlineData("Get-NetLink", "WgNet.NetLink")]
    [InlineData("Get-NetLinkAddress", "WgNet.NetLinkAddress")]
    [InlineData("Get-NetLinkRoute -Table local", "WgNet.NetLinkRoute")]
    [InlineData("Get-WgPeer | ForEach-Object PublicKey | Get-WgPublicKey -ErrorAction Ignore; New-WgKey", "WgNet.WgKey")]
    [InlineData("Test-WgTunnel wg0", "WgNet.WgTunnelTest")]
    public void TablesAreThoseOfTheGateway(string command, string type)
    {
        string text = _client.Succeed($"$far = Invoke-Command -Session $s -HideComputerName {{ $global:here = @({command}); $here }}; Invoke-Command -Session $s {{ $here | Out-String -Width 80 }}")[0].ToString()!;
        PSObject first = _client.Succeed("$far")[0];
        Assert.Equal($"Deserialized.{type}", first.TypeNames[0]);
        Assert.Equal(_gateway.Server.HostName, first.Properties["PSComputerName"].Value);
        Assert.Contains("PSComputerName", _client.Text("Invoke-Command -Session $s { $here }", 200), StringComparison.Ordinal);
        // The screen keeps its last column free, where a string has all eighty.
        Assert.Equal(Lines(text), Lines(_client.Text("$far", 81)));
        Assert.All(Lines(text), line => Assert.True(line.Length <= 80, line));

        static string[] Lines(string text) => [.. text.Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];
    }

    [Fact]
    public void StatesCompareAsTextAtTheClient()
    {
        Assert.Single(_client.Succeed("Invoke-Command -Session $s { Get-WgPeer } | Where-Object State -eq Never"));
        Assert.Single(_client.Succeed("(Invoke-Command -Session $s { Get-WgTunnel }).Peers | Where-Object PublicKey -eq $peer | Where-Object AllowedIPs -contains 10.0.0.0/8"));
        Assert.Single(_client.Succeed("Invoke-Command -Session $s { Get-WgTunnel } | Where-Object State -eq Up"));
    }

    [Fact]
    public void PeersBindWhereTheyCameFrom()
    {
        _client.Succeed("$far = Invoke-Command -Session $s { Get-WgPeer }");
        _client.Succeed("$far | Invoke-Command -Session $s { $input | Set-WgPeer -PersistentKeepalive 25 }");
        Assert.Equal("25 192.0.2.1:5", Show("\"$($_.PersistentKeepalive) $($_.Endpoint)\""));

        _client.Succeed("$far | Invoke-Command -Session $s { $input | Remove-WgPeer }");
        Assert.Empty(_client.Succeed("Get-WgPeer -Namespace $gw"));
        _client.Succeed("$far | Invoke-Command -Session $s { $input | Add-WgPeer }");
        Assert.Equal($"{RemoteGateway.Peer} 192.0.2.1:5 10.0.0.0/8 fd00::/8", Show("\"$($_.PublicKey) $($_.Endpoint) $($_.AllowedIPs)\""));

        // And here, by property name, with the module of this side.
        _client.Succeed("$far | Set-WgPeer -Namespace $gw -PersistentKeepalive 0");
        Assert.Equal("0", Show("\"$($_.PersistentKeepalive)\""));
    }

    [Fact]
    public void OtherObjectsBindWhereTheyCameFrom()
    {
        _client.Succeed("Invoke-Command -Session $s { Get-WgTunnel wg0 } | Invoke-Command -Session $s { $input | Set-WgTunnel -Mtu 1400 }");
        Assert.Equal(1400, Assert.Single(_client.Succeed("(Get-WgTunnel wg0 -Namespace $gw).Mtu")).BaseObject);
        _client.Succeed("Invoke-Command -Session $s { New-NetLink x0 -Kind ifb; New-NetLinkAddress x0 10.7.0.1/24 } | Out-Null");
        _client.Succeed("Invoke-Command -Session $s { Get-NetLink x0 } | Invoke-Command -Session $s { $input | Set-NetLink -Up }");
        _client.Succeed("Invoke-Command -Session $s { Get-NetLinkAddress x0 } | Invoke-Command -Session $s { $input | Remove-NetLinkAddress }");
        Assert.Empty(_client.Succeed("Get-NetLinkAddress x0 -Namespace $gw | Where-Object Address -eq 10.7.0.1"));
        _client.Succeed("Invoke-Command -Session $s { New-NetLinkRoute 10.8.0.0/24 -InterfaceName x0 } | Invoke-Command -Session $s { $input | Remove-NetLinkRoute }");
        Assert.Empty(_client.Succeed("Get-NetLinkRoute -Namespace $gw | Where-Object { \"$($_.Destination)\" -eq '10.8.0.0/24' }"));
        Assert.NotEmpty(_client.Succeed("Invoke-Command -Session $s { Get-NetLink lo } | Invoke-Command -Session $s { $input | Get-NetLinkAddress }"));
        _client.Succeed("Invoke-Command -Session $s { Get-NetLink x0 } | Invoke-Command -Session $s { $input | Remove-NetLink }");
    }

    [Fact]
    public void PrivateKeysStayWhereTheyAre()
    {
        IReadOnlyList<PSObject> found = _client.Succeed(
            """
            $key = Invoke-Command -Session $s { $global:key = New-WgKey; $global:preshared = New-WgKey -PresharedKey; $key; $preshared; @{ inner = $key }; Get-WgTunnel wg0 }
            $secrets = Invoke-Command -Session $s { $key.PrivateKey.Reveal(); $preshared.Reveal() }
            "$($key[0].PrivateKey)"
            [Management.Automation.PSSerializer]::Serialize($key, 10)
            $secrets
            """);
        Assert.Equal("(hidden)", found[0].ToString());
        Assert.Equal(2, found.Count - 2);
        Assert.All(found.Skip(2), secret => Assert.DoesNotContain(secret.ToString()!, found[1].ToString()!, StringComparison.Ordinal));
        Assert.All(found.Skip(2), secret => Assert.Equal(44, secret.ToString()!.Length));
    }

    [Fact]
    public void ErrorsKeepTheirIdCategoryAndTarget()
    {
        ErrorRecord far = Assert.Single(_client.Run("Invoke-Command -Session $s { Get-WgTunnel nowhere; Get-WgTunnel wg0 } ").Errors);
        ErrorRecord near = Assert.Single(_client.Run("Get-WgTunnel nowhere -Namespace $gw").Errors);
        Assert.Equal(near.FullyQualifiedErrorId, far.FullyQualifiedErrorId);
        Assert.Equal(ErrorCategory.ObjectNotFound, far.CategoryInfo.Category);
        Assert.Equal(near.TargetObject.ToString(), far.TargetObject.ToString());
        Assert.Contains(near.Exception.Message.Split('\'')[0], far.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(_gateway.Server.HostName, ((System.Management.Automation.Runspaces.RemotingErrorRecord)far).OriginInfo.PSComputerName);
    }

    [Fact]
    public void ARouteComesBackWhole()
    {
        Native.Ip($"-n {_gateway.Server.HostName} route add 10.9.0.0/24 proto bird metric 7 nexthop via 169.254.1.1 weight 3 nexthop dev wg0");
        string before = Native.Ip($"-n {_gateway.Server.HostName} route show 10.9.0.0/24");
        _client.Succeed("$route = Invoke-Command -Session $s { Get-NetLinkRoute -Protocol bird }");
        _client.Succeed("$route | Invoke-Command -Session $s { $input | Remove-NetLinkRoute }");
        Assert.Empty(Native.Ip($"-n {_gateway.Server.HostName} route show 10.9.0.0/24"));
        _client.Succeed("$route | Invoke-Command -Session $s { $input | New-NetLinkRoute }");
        Assert.Equal(before, Native.Ip($"-n {_gateway.Server.HostName} route show 10.9.0.0/24"));
        Native.Ip($"-n {_gateway.Server.HostName} route del 10.9.0.0/24");
    }

    private string Show(string expression) => Assert.Single(_client.Succeed($"Get-WgPeer -Namespace $gw | ForEach-Object {{ {expression} }}")).ToString()!;
}
