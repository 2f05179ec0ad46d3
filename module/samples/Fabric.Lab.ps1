<#
.SYNOPSIS
Builds the fabric of a file as a lab on this machine, shows that it works, and takes it down.

.DESCRIPTION
What the article "Route-based VPN on Linux with WireGuard" shows, for any fabric: the tunnels of a gateway and their peers, BGP over
them, routes with several next hops in BIRD and in the kernel, the far ends, and traffic between the sites.

.PARAMETER Path
The fabric's file. Default: the article's three sites.

.PARAMETER Name
The lab's name. Default: the fabric's.

.PARAMETER Keep
Leave the lab up and print what to try in it. Without it the lab is taken down at the end.

.PARAMETER Down
Only take down a lab that is up.

.EXAMPLE
./Fabric.Lab.ps1 -Keep
#>
[CmdletBinding()]
param(
    [string] $Path = "$PSScriptRoot/article.psd1",
    [string] $Name = '',
    [switch] $Keep,
    [switch] $Down
)

$ErrorActionPreference = 'Stop'
$fabric = Import-WgFabric $Path
if (-not $Name) { $Name = $fabric.Name }
if ($Down) {
    # A pattern: there may be none.
    Stop-WgFabricLab "[$($Name[0])]$($Name.Substring(1))"
    return
}

$finished = $false
try {
    $lab = Start-WgFabricLab $fabric -Name $Name -ArticleKeys:($fabric.Name -eq 'article') -Wait
    $gateway = $lab.Gateways[0]
    $bird = $gateway.ControlSocket
    'The lab is built: {0} namespaces, {1} tunnels with two ends each and {2} BIRDs in {3:n2} s.' -f $lab.Namespaces.Count, $lab.Tunnels,
        ($lab.Gateways.Count + $lab.Routers.Count), $lab.Elapsed.TotalSeconds
    "Tunnels of $($gateway.Gateway):"
    Get-WgTunnel -Namespace $gateway.Namespace | Format-Table
    'Their peers:'
    Get-WgPeer -Namespace $gateway.Namespace | Format-Table
    'BGP over them:'
    Get-BirdProtocol IBGP* -ControlSocket $bird | Format-Table
    'Routes to the other sites, in BIRD:'
    $others = $fabric.Sites.Where({ $_.Name -ne $gateway.Site }).Prefixes
    Get-BirdRoute -Export KERNEL6 -ControlSocket $bird | Where-Object { "$($_.Prefix)" -in $others } | Format-Table
    'The same in the kernel, with IPv4:'
    Get-NetLinkRoute -Namespace $gateway.Namespace -Protocol bird | Where-Object { "$($_.Destination)" -in $others } | Format-Table
    'Do the far ends of its tunnels answer, do the sites reach each other, is the load shared, do large packets pass?'
    $tests = @(Test-WgFabric -Lab $Name)
    $tests | Where-Object { ($_.Check -ne 'Mtu' -and $_.From -in $gateway.Gateway, $gateway.Site) -or -not $_.Passed } | Format-Table
    $failed = $tests.Where({ -not $_.Passed })
    if ($failed) { throw "$($failed.Count) of $($tests.Count) checks did not pass: see above." }
    'All {0} checks passed. Everything worked {1:n1} s after the start.' -f $tests.Count, $lab.Settled.TotalSeconds
    $finished = $true
} finally {
    # Also after an error or Ctrl+C.
    if (-not ($finished -and $Keep)) { Get-WgFabricLab | Where-Object Name -eq $Name | Stop-WgFabricLab }
}

if ($Keep) {
    $router = $lab.Routers[0].Namespace
    $far = $lab.Routers[-1]
    @"

The lab stays up. Six things to try:
  Get-WgPeer -AllNamespaces
  Invoke-NetNamespace $router { ping -c 3 $($far.Address[0]) }
  Test-WgFabric -Lab $Name -FailOver -Gateway $gateway              # unplugs it, and measures what is lost
  Get-BirdRoute -Export KERNEL6 -ControlSocket $bird
  Start-WgFabricLab ./changed.psd1 -Name $Name               # a copy of the file with one site more: nobody else notices
  Get-WgFabricLab $Name | Stop-WgFabricLab                 # takes it down
"@
}
