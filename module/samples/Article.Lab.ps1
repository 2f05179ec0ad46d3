<#
.SYNOPSIS
Builds the lab of "Route-based VPN on Linux with WireGuard" on this machine, in network namespaces.

.DESCRIPTION
Three sites of two gateways and one router each. A gateway Va-v has a public namespace (the encrypted side: Va-v)
and a private one (the clear side: Va-v.private); Ra is the router of site a. Each gateway has one WireGuard tunnel
to each gateway of the other sites, its UDP socket in the public namespace and its interface in the private one. BIRD runs OSPF inside
the sites and in the public network, and BGP over the tunnels. The switches are bridges in a namespace of their own.

Read it from the top: every step of the article is one line of WgNet.

.PARAMETER Keep
Leave the lab up and print what to try in it. Without it the lab is taken down at the end.

.PARAMETER Down
Only take down a lab that is up.

.PARAMETER Quiet
Build the lab and leave it up without waiting for it, and show nothing but the time it took.

.PARAMETER Prefix
Put before every namespace's name, so that two labs can stand side by side.

.PARAMETER Backend
Kernel, Userspace (wireguard-go), or Auto: the kernel's WireGuard where there is one.

.PARAMETER Bird
The BIRD to use, 2 or 3: a program's name or path. Default: the installed one.

.EXAMPLE
./Article.Lab.ps1 -Keep

.EXAMPLE
./Article.Lab.ps1 -Bird /opt/bird3/sbin/bird
#>
[CmdletBinding()]
param(
    [switch] $Keep,
    [switch] $Down,
    [switch] $Quiet,
    [string] $Prefix = '',
    [ValidateSet('Auto', 'Kernel', 'Userspace')] [string] $Backend = 'Auto',
    [ValidateNotNullOrEmpty()] [string] $Bird = 'bird'
)

$ErrorActionPreference = 'Stop'
$sites = 1..3
$gateways = 1..2
$state = "/run/wgnet/lab-$($Prefix)article"
$switch = "${Prefix}switch"

# The number of a gateway: it makes the names of the interfaces and the ports.
function mark($a, $v) { ($a - 1) * 2 + $v }

function control($node) { "$state/$node.ctl" }

# Whether a process is a BIRD of this lab, as long as it runs: it was started with a configuration in our folder.
function is-ours($id) {
    try { [IO.File]::ReadAllText("/proc/$id/cmdline").Contains("`0-c`0$state/") } catch { $false }
}

# Takes down what an earlier run recorded, and only that.
function lab-down {
    if (-not [IO.Directory]::Exists($state)) { return }
    # Not by the files of their process ids: one that was starting when Ctrl+C came has none yet.
    $birds = [Diagnostics.Process]::GetProcesses().Where({ is-ours $_.Id })
    foreach ($one in $birds) { $one.Kill() }
    foreach ($one in $birds) { while (is-ours $one.Id) { [Threading.Thread]::Sleep(5) } }
    $namespaces = [IO.File]::Exists("$state/namespaces") ? [IO.File]::ReadAllLines("$state/namespaces") : @()
    $there = $namespaces.Where({ [IO.File]::Exists("/run/netns/$_") })
    if ($there) {
        Get-WgTunnel -Namespace $there | Remove-WgTunnel -Confirm:$false
        $there | ForEach-Object { Remove-NetNamespace $_ -Confirm:$false }
    }
    [IO.Directory]::Delete($state, $true)
}

if ($Down) {
    lab-down
    return
}

# ---------------------------------------------------------------- numbers
# The addresses of a tunnel are a pair: /127 and /31. The position in this list is the gateway's own number.
$pairs = foreach ($a in $sites) { foreach ($v in $gateways) { foreach ($ra in $sites) { foreach ($rv in $gateways) {
    if ($a -lt $ra) { "$a-$v $ra-$rv"; "$ra-$rv $a-$v" }
} } } }

# The article's keys, well known: for a lab only.
$keys = @{}
foreach ($a in $sites) { foreach ($v in $gateways) {
    $private = '{0:d3}CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=' -f (mark $a $v)
    $keys["$a-$v"] = @{ Private = $private; Public = $private | Get-WgPublicKey }
} }

$names = @($switch)
foreach ($a in $sites) {
    $names += "${Prefix}R$a"
    foreach ($v in $gateways) { $names += "${Prefix}V$a-$v", "${Prefix}V$a-$v.private" }
}

# ---------------------------------------------------------------- BIRD's configurations
# Timers are short, so that the lab is up within 20 seconds, and so is BIRD's error wait, so that a tunnel
# that comes back is used at once: the default keeps its session down for a minute and more.
$timers = 'hello 1; dead 4; wait 2;'

function bird-head($node, $id) { @"
log "$state/$node.log" all;
router id $id;
protocol device { scan time 10; }

"@ }

function bird-ospf($version, $name, $channel, [string[]] $interfaces) {
    $lines = foreach ($if in $interfaces) { "      interface `"$if`" { $timers };" }
    @"
protocol ospf $version $name {
   ecmp yes; merge external yes;
   $channel { import all; export all; };
   area 0.0.0.0 {
$($lines -join "`n")
      interface "dummy0" { stub yes; };
   };
}

"@ }

function bird-router($a) {
    (bird-head "R$a" "0.0.0.$a") + @'
protocol kernel KERNEL4 { persist; merge paths yes; ipv4 { import none; export all; }; }
protocol kernel KERNEL6 { persist; merge paths yes; ipv6 { import none; export all; }; }
protocol direct { ipv4; ipv6; interface "*"; }

'@ + (bird-ospf v3 PRIVATE ipv6 eth0) + (bird-ospf v2 PRIVATE4 ipv4 eth0)
}

function bird-public($a, $v) {
    (bird-head "V$a-$v" "0.0.$a.$v") + @'
protocol kernel KERNEL6 { persist; learn; merge paths yes; ipv6 { import all; export all; }; }

'@ + (bird-ospf v3 PUBLIC ipv6 eth0)
}

function bird-private($a, $v) {
    $text = (bird-head "V$a-$v.private" "1.0.$a.$v") + @'
protocol kernel KERNEL4 { persist; learn; merge paths yes; ipv4 { import all; export all; }; }
protocol kernel KERNEL6 { persist; learn; merge paths yes; ipv6 { import all; export all; }; }

'@ + (bird-ospf v3 PRIVATE ipv6 eth1, eth2) + (bird-ospf v2 PRIVATE4 ipv4 eth1, eth2)
    foreach ($ra in $sites) { foreach ($rv in $gateways) {
        if ($ra -eq $a) { continue }
        $own = [array]::IndexOf($pairs, "$a-$v $ra-$rv")
        $far = [array]::IndexOf($pairs, "$ra-$rv $a-$v")
        foreach ($family in @(
                @{ Name = 'IBGP'; Channel = 'ipv6'; Own = '2001:db8:ff::{0:x}' -f $own; Far = '2001:db8:ff::{0:x}' -f $far }
                @{ Name = 'IBGP4'; Channel = 'ipv4'; Own = "169.254.1.$own"; Far = "169.254.1.$far" })) {
            $text += @"
protocol bgp $($family.Name)_V${ra}_$rv {
   local $($family.Own) as 6500$a;
   neighbor $($family.Far) as 6500$ra;
   hold time 6; connect delay time 1; connect retry time 2; error wait time 1, 5;
   $($family.Channel) { import all; export where ifname ~ "eth*"; preference 160; };
}

"@
        }
    } }
    $text
}

# Starts a node's BIRD in the node's namespace; it puts itself into the background.
function start-bird($node, $config) {
    [IO.File]::WriteAllText("$state/$node.conf", $config)
    Invoke-NetNamespace "$Prefix$node" { & $Bird -c "$state/$node.conf" -s (control $node) -P "$state/$node.pid" }
    if ($LASTEXITCODE) { throw "BIRD of $node did not start (exit code $LASTEXITCODE)." }
}

# Asks again and again until the answer is yes, a minute at most.
function wait-until([scriptblock] $reached, $else) {
    $wait = [Diagnostics.Stopwatch]::StartNew()
    while (-not (. $reached)) {
        if ($wait.Elapsed.TotalSeconds -gt 60) { throw $else }
        [Threading.Thread]::Sleep(200)
    }
}

# ---------------------------------------------------------------- the lab
$finished = $false
try {
    # Found now rather than missed when everything else is built.
    $Bird = @(Get-Command $Bird -CommandType Application)[0].Source
    lab-down
    if ($taken = $names.Where({ [IO.File]::Exists("/run/netns/$_") })) {
        throw "There are network namespaces of these names already, and no lab made them: $taken. Choose a -Prefix."
    }
    $clock = [Diagnostics.Stopwatch]::StartNew()
    $null = [IO.Directory]::CreateDirectory($state)
    [IO.File]::WriteAllLines("$state/namespaces", [string[]] $names)

    # Namespaces. Duplicate address detection would keep the fresh addresses tentative for a second.
    $names | New-NetNamespace | ForEach-Object {
        Set-NetSysctl net.ipv6.conf.default.accept_dad 0 -Namespace $_.Name
        Set-NetLink lo -Up -Namespace $_.Name
        if ($_.Name -like "${Prefix}V*") { Set-NetSysctl net.ipv6.conf.all.forwarding 1 -Namespace $_.Name }
        if ($_.Name -like '*.private') { Set-NetSysctl net.ipv4.conf.all.forwarding 1 -Namespace $_.Name }
    }

    # Switches and cables: br1 is the public network; a site has one between its gateways and one to its router.
    foreach ($n in 1..7) { $null = New-NetLink "br$n" -Kind bridge -Namespace $switch -Up }
    $script:port = 0
    function cable($node, $if, $bridge) {
        $script:port++
        $mac = '50:54:33:00:00:{0:x2}' -f $script:port
        $null = New-NetLink "p$script:port" -Kind veth -Namespace $switch -Master "br$bridge" -Up -PeerName $if -PeerNamespace "$Prefix$node" -PeerMacAddress $mac
        Set-NetLink $if -Up -Namespace "$Prefix$node"
    }
    foreach ($a in $sites) {
        foreach ($v in $gateways) {
            cable "V$a-$v" eth0 1
            cable "V$a-$v.private" eth1 ($a * 2)
            cable "V$a-$v.private" eth2 ($a * 2 + 1)
        }
        cable "R$a" eth0 ($a * 2 + 1)
    }

    # Addresses. A dummy interface (of kind ifb, which every kernel has) holds what belongs to the machine itself.
    foreach ($node in $names.Where({ $_ -ne $switch })) { $null = New-NetLink dummy0 -Kind ifb -Namespace $node -Up }
    foreach ($a in $sites) {
        $null = New-NetLinkAddress dummy0 "2001:db8:a${a}::1/64" -Namespace "${Prefix}R$a"
        $null = New-NetLinkAddress dummy0 "10.0.$a.1/24" -Namespace "${Prefix}R$a"
        $null = New-NetLinkAddress eth0 "192.168.$a.1/24" -Namespace "${Prefix}R$a"
        foreach ($v in $gateways) {
            $null = New-NetLinkAddress dummy0 "2001:db8:${a}::$v/128" -Namespace "${Prefix}V$a-$v"
            $null = New-NetLinkAddress eth1 "192.168.$(100 + $a).$(10 + $v)/24" -Namespace "${Prefix}V$a-$v.private"
            $null = New-NetLinkAddress eth2 "192.168.$a.$(10 + $v)/24" -Namespace "${Prefix}V$a-$v.private"
        }
    }

    # Tunnels: the encrypted side in the public namespace for ever, the interface in the private one.
    foreach ($a in $sites) { foreach ($v in $gateways) { foreach ($ra in $sites) { foreach ($rv in $gateways) {
        if ($ra -eq $a) { continue }
        $number = [array]::IndexOf($pairs, "$a-$v $ra-$rv")
        $tunnel = @{
            Name               = "wg$(mark $ra $rv)"
            TransportNamespace = "${Prefix}V$a-$v"
            Namespace          = "${Prefix}V$a-$v.private"
            PrivateKey         = $keys["$a-$v"].Private
            ListenPort         = 5800 + (mark $ra $rv)
            PeerPublicKey      = $keys["$ra-$rv"].Public
            Endpoint           = "[2001:db8:${ra}::$rv]:$(5800 + (mark $a $v))"
            Address            = ('2001:db8:ff::{0:x}/127' -f $number), "169.254.1.$number/31"
            Backend            = $Backend
        }
        $null = New-WgTunnel @tunnel
    } } } }

    # BIRD: one a router, two a gateway.
    foreach ($a in $sites) {
        start-bird "R$a" (bird-router $a)
        foreach ($v in $gateways) {
            start-bird "V$a-$v" (bird-public $a $v)
            start-bird "V$a-$v.private" (bird-private $a $v)
        }
    }
    'The lab is built: {0} namespaces, 24 tunnels and 15 BIRDs in {1:n2} s.' -f $names.Count, $clock.Elapsed.TotalSeconds
    if ($Quiet) {
        $finished = $true
        return
    }

    # ------------------------------------------------------------ does it work?
    foreach ($a in $sites) { foreach ($v in $gateways) {
        $null = Wait-BirdProtocol 'IBGP*' -State Established -Timeout 120 -ControlSocket (control "V$a-$v.private")
    } }
    $gateway = "${Prefix}V1-1.private"
    $control = control 'V1-1.private'

    "Tunnels of V1-1:"
    Get-WgTunnel -Namespace $gateway | Format-Table
    "Their peers:"
    Get-WgPeer -Namespace $gateway | Format-Table
    "BGP over them:"
    Get-BirdProtocol 'IBGP*' -ControlSocket $control | Format-Table

    # A route has two next hops as soon as both gateways of the far site have announced it.
    wait-until {
        $script:routes = Get-NetLinkRoute -Namespace $gateway -Protocol bird | Where-Object Destination -Match '^(2001:db8:a|10\.0\.)[23]'
        $routes.Where({ $_.NextHops.InterfaceName -like 'wg*' -and $_.NextHops.Count -eq 2 }).Count -eq 4
    } "The routes of V1-1 have no two next hops. Look at: Get-BirdRoute -ControlSocket $control"
    "Routes to the other sites, in BIRD:"
    Get-BirdRoute -Export KERNEL6 -ControlSocket $control | Where-Object Prefix -Like '2001:db8:a[23]::*' | Format-Table
    "The same in the kernel, with IPv4:"
    $routes | Format-Table
    "The far ends of the tunnels:"
    Test-WgTunnel -Namespace $gateway | Format-Table
    "From R1 to R3, over the tunnels:"
    wait-until {
        $script:reach = Test-NetReachability '2001:db8:a3::1', '10.0.3.1' -Namespace "${Prefix}R1"
        $reach.Where({ -not $_.Reachable }).Count -eq 0
    } 'R1 does not reach R3.'
    $reach | Format-Table
    'Everything works, {0:n1} s after the start.' -f $clock.Elapsed.TotalSeconds
    $finished = $true
} finally {
    # Also after an error or Ctrl+C: what is half built goes.
    if (-not ($finished -and ($Keep -or $Quiet))) { lab-down }
}

if ($Keep) {
    @"

The lab stays up. Five things to try:
  Get-WgPeer -AllNamespaces
  Invoke-NetNamespace $gateway { tcpdump -c3 -pni wg5 icmp6 }     # clear traffic; nothing until somebody pings
  Invoke-NetNamespace ${Prefix}R1 { ping -c 3 2001:db8:a3::1 }
  Get-WgTunnel wg5 -Namespace $gateway | Set-WgTunnel -Down       # and watch the route lose a next hop:
  Get-BirdRoute 2001:db8:a3::/64 -Export KERNEL6 -ControlSocket $control
To take it down: $(if ($Prefix) { "Article.Lab.ps1 -Down -Prefix $Prefix" } else { 'build.ps1 LabDown' })
"@
}
