<#
.SYNOPSIS
Checks a live gateway: tunnels up, handshakes fresh, BGP established, two next hops to each remote prefix.

.DESCRIPTION
A Pester runbook: it changes nothing. Run it on the gateway, with the gateway's own names:

    $gateway = New-PesterContainer -Path Gateway.Tests.ps1 -Data @{
        Namespace = 'private'; ControlSocket = '/run/bird/private.ctl'
    }
    Invoke-Pester -Container $gateway -Output Detailed

.PARAMETER Namespace
The namespace of the clear side, where the tunnels are.

.PARAMETER ControlSocket
The control socket of the BIRD that runs in that namespace.

.PARAMETER KernelProtocol
The kernel protocols of that BIRD, one a family: what they export is what the kernel gets, with all next hops.

.PARAMETER SessionPattern
Names of the BGP protocols that run over the tunnels.

.PARAMETER NextHops
Next hops that each prefix learnt over the tunnels must have at least.
#>
param(
    [string] $Namespace = 'private',
    [string] $ControlSocket = '/run/bird/bird.ctl',
    [string[]] $KernelProtocol = @('KERNEL4', 'KERNEL6'),
    [string] $SessionPattern = 'IBGP*',
    [int] $NextHops = 2
)

BeforeDiscovery {
    $tunnels = @(Get-WgTunnel -Namespace $Namespace)
    $peers = @($tunnels.Peers)
    $sessions = @(Get-BirdProtocol $SessionPattern -ControlSocket $ControlSocket)
    $routes = @(foreach ($kernel in $KernelProtocol) {
            Get-BirdRoute -Export $kernel -ControlSocket $ControlSocket | Where-Object Protocol -Like $SessionPattern
        })
}

Describe 'Tunnels' {
    It 'exist' {
        Get-WgTunnel -Namespace $Namespace | Should -Not -BeNullOrEmpty
    }
    It '<_.Name> is up' -ForEach $tunnels {
        $_.State | Should -Be 'Up'
    }
    It '<_.Tunnel> has a fresh handshake' -ForEach $peers {
        $_.State | Should -Be 'Active' -Because "the latest handshake is $($_.HandshakeAge) old"
    }
    It '<_.Name> reaches its far end' -ForEach $tunnels {
        (Test-WgTunnel $_.Name -Namespace $_.Namespace).Problem | Should -BeNullOrEmpty
    }
}

Describe 'BGP' {
    It 'has sessions' {
        Get-BirdProtocol $SessionPattern -ControlSocket $ControlSocket | Should -Not -BeNullOrEmpty
    }
    It '<_.Name> is established' -ForEach $sessions {
        $_.Info | Should -BeLike 'Established*'
    }
}

Describe 'Routes' {
    It 'come over the tunnels' {
        $learnt = foreach ($kernel in $KernelProtocol) {
            Get-BirdRoute -Export $kernel -ControlSocket $ControlSocket | Where-Object Protocol -Like $SessionPattern
        }
        $learnt | Should -Not -BeNullOrEmpty
    }
    It '<_.Prefix> has enough next hops in BIRD' -ForEach $routes {
        $_.NextHops.Count | Should -BeGreaterOrEqual $NextHops
    }
    It '<_.Prefix> has enough next hops in the kernel' -ForEach $routes {
        $route = Get-NetLinkRoute -Namespace $Namespace -Protocol bird | Where-Object Destination -EQ "$($_.Prefix)"
        $route.NextHops.Count | Should -BeGreaterOrEqual $NextHops
    }
}
