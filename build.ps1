<#
.SYNOPSIS
Builds, tests and shows WgNet.

.DESCRIPTION
Runs in pwsh 7.6 (./build.ps1 Test) and, where there is only the .NET SDK, in this repository's own shell:
dotnet run --project src/WgNet.Shell -- build.ps1 Test
It therefore uses the engine's core cmdlets and .NET, and nothing of the modules that come with pwsh.

.PARAMETER Task
Build    the module, into out/module/WgNet. Needs no root.
Package  the module for x64 and arm64 alike, into out/package: the folder WgNet, and WgNet.VERSION.nupkg as a PowerShell
         gallery takes it. The same sources give the same bytes. Needs no root.
Test     builds everything, runs all tests; the last line counts them. Needs root: tests make network namespaces.
         Those of tunnels run twice: here on wireguard-go, then in a guest (QEMU, emulated) with Debian's kernel, on the kernel's own
         WireGuard. Where there can be no guest, these count as skipped, with the reason.
Lab      builds the module, then the article's fabric as a lab on this machine, shows that it works, and takes it down. Needs root.
LabDown  takes down a lab that was kept. Needs root.
Bench    measures us beside the tools of the field, prints a table, leaves it in tests/WgNet.Bench/results and puts what was
         promised into the README. Takes a quarter of an hour. Needs root.
Gateway  builds the shell with its runtime and the module, one folder an architecture, into out/gateway. Needs no root.
Clean    removes what was built.

Test, Lab and Bench install the Debian packages that they need and that are missing.

.PARAMETER Keep
Lab: leave it up.

.PARAMETER Unit
Test: only the unit tests. Needs no root.

.PARAMETER Integration
Test: only the integration tests.

.PARAMETER Guest
Test: only the tests in the guest.
Bench: in the guest, what needs the kernel's own WireGuard; the table is printed, and no file is left.

.PARAMETER Kernel
The guest's kernel: a version that Debian has (6.1, 6.12), or a Debian package, also of another release
(linux-image-amd64/trixie-backports). Default: linux-image-amd64, the distribution's own.

.PARAMETER Full
Test: the tests of large devices in the guest with 10,000 peers, 100,000 allowed IPs and 1,000 tunnels instead of a fraction of these.

.PARAMETER GuestLimit
Seconds after which the guest is ended, with all that it took until then; its tests have failed then.

.PARAMETER Filter
Test: only tests whose full name contains this; no runbooks, and the guest only with -Guest.
Bench: only groups of workloads whose name contains this; the table is printed, and no file is left.

.EXAMPLE
./build.ps1 Package

.EXAMPLE
./build.ps1 Lab -Keep

.EXAMPLE
./build.ps1 Test -Integration -Filter EngineTests

.EXAMPLE
./build.ps1 Test -Guest -Kernel 6.12 -Filter KernelTests

.EXAMPLE
./build.ps1 Bench -Filter 'Route dumps'
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Package', 'Test', 'Lab', 'LabDown', 'Bench', 'Gateway', 'Clean')]
    [string] $Task = 'Build',
    [switch] $Keep,
    [switch] $Unit,
    [switch] $Integration,
    [switch] $Guest,
    [ValidateNotNullOrEmpty()] [string] $Kernel = 'linux-image-amd64',
    [switch] $Full,
    [ValidateRange(1, 86400)] [int] $GuestLimit = 1500,
    [string] $Filter = ''
)

$ErrorActionPreference = 'Stop'
$out = "$PSScriptRoot/out"
$module = "$out/module/WgNet"
$platform = "linux-$([Runtime.InteropServices.RuntimeInformation]::ProcessArchitecture)".ToLowerInvariant()
$platforms = 'linux-x64', 'linux-arm64'
$tests = 'WgNet.UnitTests', 'WgNet.IntegrationTests'

# What a task starts, and the Debian package that brings it.
$packages = [ordered]@{ 'wireguard-go' = 'wireguard-go'; 'bird' = 'bird2' }
$testPackages = [ordered]@{ 'wg' = 'wireguard-tools'; 'ip' = 'iproute2'; 'ping' = 'iputils-ping'; 'fping' = 'fping'; 'tcpdump' = 'tcpdump'
    'ssh' = 'openssh-client'; '/usr/sbin/sshd' = 'openssh-server'; 'nc' = 'netcat-openbsd' }
$benchPackages = [ordered]@{ 'gcc' = 'gcc libc6-dev'; 'strace' = 'strace'; '/usr/lib/python3/dist-packages/pyroute2' = 'python3-pyroute2' }

function say($text) { $Host.UI.WriteLine($text) }

# Ends the build with a sentence for the user, without a position in this script.
function refuse($text) {
    $Host.UI.WriteErrorLine("build.ps1 $($Task): $text")
    exit 1
}

function run($program, [string[]] $arguments) {
    & $program @arguments | Out-Host
    if ($LASTEXITCODE) { refuse "'$program $($arguments[0..1] -join ' ') ...' failed with exit code $LASTEXITCODE; its own messages are above." }
}

# Quiet but for errors. Build servers would outlive the build, and hold files of a clone that may be gone by then.
function msbuild($project, [string[]] $arguments) {
    run dotnet (@('msbuild', "$PSScriptRoot/$project", '-nologo', '-v:quiet', '-m', '-nodeReuse:false', '-p:UseSharedCompilation=false', '-p:Configuration=Release') + $arguments)
}

function copy-folder($from, $to) {
    $null = [IO.Directory]::CreateDirectory($to)
    foreach ($file in [IO.Directory]::GetFiles($from, '*', 'AllDirectories')) {
        $target = [IO.Path]::Combine($to, [IO.Path]::GetRelativePath($from, $file))
        $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($target))
        [IO.File]::Copy($file, $target, $true)
    }
}

# Puts a folder in its place by renaming: a running session has files of the old one mapped, and they must not change.
function swap-folder($fresh, $place) {
    $old = "$out/old-$([IO.Path]::GetRandomFileName())"
    $null = [IO.Directory]::CreateDirectory([IO.Path]::GetDirectoryName($place))
    if ([IO.Directory]::Exists($place)) { [IO.Directory]::Move($place, $old) }
    [IO.Directory]::Move($fresh, $place)
    if ([IO.Directory]::Exists($old)) { [IO.Directory]::Delete($old, $true) }
}

function staging {
    $folder = "$out/new-$([IO.Path]::GetRandomFileName())"
    $null = [IO.Directory]::CreateDirectory($folder)
    $folder
}

function assert-root {
    if (-not [Environment]::IsPrivilegedProcess) {
        refuse "needs root, since it makes network namespaces and WireGuard interfaces. Nothing was touched. Run it as root, for example with sudo."
    }
    # A root that came by su may lack the folders of the administrator's programs.
    $env:PATH += ':/usr/local/sbin:/usr/sbin:/sbin'
}

function install-packages($wanted) {
    # A program of the path, or a file where the package brings none.
    $missing = @($wanted.Keys.Where({ $_.StartsWith('/') ? -not [IO.Path]::Exists($_) : -not (Get-Command $_ -CommandType Application -ErrorAction Ignore) }).ForEach({ $wanted[$_].Split(' ') }))
    if (-not $missing) { return }
    if (-not (Get-Command apt-get -CommandType Application -ErrorAction Ignore)) {
        refuse "these programs are missing, and there is no apt-get to install them with: $missing (Debian's names). Install them and try again."
    }
    say "Installing Debian packages: $missing"
    $env:DEBIAN_FRONTEND = 'noninteractive'
    # These start a daemon of their own when installed. They must not: BIRD would take up the machine's routes, sshd would let people in.
    $daemons = @{ 'bird2' = 'bird.service'; 'openssh-server' = 'ssh.service', 'ssh.socket' }
    $masks = [IO.Directory]::Exists('/run/systemd/system') ? @($missing.ForEach({ $daemons[$_] }).Where({ $_ })) : @()
    if ($masks) { run systemctl (@('mask', '--quiet') + $masks) }
    try {
        run apt-get 'update', '-qq'
        run apt-get (@('install', '-y', '-qq', '--no-install-recommends') + $missing)
    } finally {
        if ($masks) {
            $null = systemctl unmask --quiet @masks
            $null = systemctl disable --quiet @masks
        }
    }
}

# Newer BIRDs than the installed one, for tests to run against; without them those tests are skipped, and say why.
function unpack-birds {
    & bash "$PSScriptRoot/tests/birds/unpack.sh" "$out/birds" | Out-Host
    if ($LASTEXITCODE) { say 'Newer BIRDs could not be fetched (messages above): their tests are skipped.' }
}

# Directory.Build.props is the one place where the version stands; the newest part of the changelog must be about it.
function write-version($manifest) {
    $number, $prerelease = "$(([xml] [IO.File]::ReadAllText("$PSScriptRoot/Directory.Build.props")).Project.PropertyGroup.Version)".Trim().Split('-', 2)
    $version = $prerelease ? "$number-$prerelease" : $number
    $heading, $notes = [IO.File]::ReadAllText("$PSScriptRoot/module/CHANGELOG.md").Split("`n## ")[1].Split("`n", 2)
    if ($heading.Split(' ')[0] -ne $version) {
        refuse "the version is $version in Directory.Build.props, and module/CHANGELOG.md begins with '$heading'. Write there what is new in $version."
    }
    $text = [IO.File]::ReadAllText($manifest)
    foreach ($line in "ModuleVersion = '0.0.0'", "ReleaseNotes = ''") {
        if (-not $text.Contains($line)) { refuse "module/WgNet.psd1 lacks the line $line, which the build fills in." }
    }
    $text = $text.Replace("'0.0.0' # The build writes the version of Directory.Build.props here, and the changelog's newest part below.", "'$number'")
    $text = $text.Replace("ReleaseNotes = ''", "ReleaseNotes = '$($notes.Trim().Replace("'", "''"))'$($prerelease ? "`n            Prerelease = '$prerelease'" : '')")
    [IO.File]::WriteAllText($manifest, $text)
}

# The module as it is installed: manifest, format files, samples, the help made from the cmdlets' comments, and for each architecture
# a folder with its assemblies. What these need of others is in its folder "private", for a load context of the module's own.
function build-module($place, [string[]] $platforms) {
    $folder = staging
    foreach ($platform in $platforms) {
        $assemblies = "$folder/$platform"
        msbuild src/WgNet.Module '-t:Publish', '-p:NoBuild=true', "-p:RuntimeIdentifier=$platform", "-p:PublishDir=$assemblies/"
        $null = [IO.Directory]::CreateDirectory("$assemblies/private")
        foreach ($file in [IO.Directory]::GetFiles($assemblies)) {
            $name = [IO.Path]::GetFileName($file)
            if (-not $name.StartsWith('WgNet.') -or $name.StartsWith('WgNet.Native.')) { [IO.File]::Move($file, "$assemblies/private/$name") }
        }
    }
    copy-folder "$PSScriptRoot/module" $folder
    write-version "$folder/WgNet.psd1"
    copy-folder "$PSScriptRoot/formats" "$folder/formats"
    [IO.File]::Copy("$PSScriptRoot/LICENSE", "$folder/LICENSE")
    $null = [IO.Directory]::CreateDirectory("$folder/en-US")
    run dotnet "$PSScriptRoot/src/WgNet.Help/bin/Release/net10.0/WgNet.Help.dll", "$folder/en-US/WgNet.Cmdlets.dll-Help.xml"
    swap-folder $folder $place
    say "The module is in $place"
}

function build-needed([switch] $package) {
    msbuild src/WgNet.Help '-restore'
    # Each architecture brings packages of its own: only for what is to be built.
    msbuild src/WgNet.Module (@('-t:Restore') + $($package ? @() : "-p:ModulePlatform=$platform"))
}

# The module for this machine.
function build-here {
    build-needed
    build-module $module $platform
}

# Both architectures, whichever builds: their code is compiled once, and then ahead for each.
function build-package {
    build-module "$out/package/WgNet" $platforms
    foreach ($old in [IO.Directory]::GetFiles("$out/package", '*.nupkg')) { [IO.File]::Delete($old) }
    $package = & "$PSScriptRoot/src/WgNet.Module/Pack.ps1" "$out/package/WgNet" "$out/package"
    say "The package is $package"
}

function build-shell {
    $folder = staging
    msbuild src/WgNet.Shell '-t:Publish', '-p:NoBuild=true', "-p:PublishDir=$folder/"
    swap-folder $folder "$out/shell"
}

# For gateways that have neither .NET nor PowerShell: a folder to be copied there as it is, and named in sshd_config.
function build-gateway([string[]] $machines) {
    foreach ($machine in $machines) {
        $folder = staging
        $between = "$out/between/$machine"
        msbuild src/WgNet.Shell '-restore', '-t:Publish', "-p:RuntimeIdentifier=$machine", '-p:SelfContained=true', '-p:PublishReadyToRun=true',
            "-p:BaseIntermediateOutputPath=$between/", "-p:OutputPath=$between/bin/", "-p:PublishDir=$folder/"
        foreach ($pattern in '*.pdb', '*.xml') {
            foreach ($file in [IO.Directory]::GetFiles($folder, $pattern)) { [IO.File]::Delete($file) }
        }
        build-module "$folder/Modules/WgNet" $machine
        swap-folder $folder "$out/gateway/$machine"
        say "The gateway's shell is in $out/gateway/$machine"
    }
}

. "$PSScriptRoot/tests/tests.ps1"
. "$PSScriptRoot/tests/guest/guest.ps1"

function import-built {
    Import-Module "$module/WgNet.psd1" -Force -Global
}

if ([AppContext]::BaseDirectory.StartsWith("$PSScriptRoot/src/WgNet.Shell/bin/Release")) {
    refuse 'builds Release, and this shell runs from the folder that it would write. Start the shell without -c Release.'
}

switch ($Task) {
    'Build' {
        build-here
    }
    'Package' {
        build-needed -package
        build-package
    }
    'Gateway' {
        build-needed -package
        build-gateway $platforms
    }
    'Lab' {
        assert-root
        install-packages $packages
        build-here
        import-built
        & "$module/samples/Fabric.Lab.ps1" -Keep:$Keep
    }
    'LabDown' {
        assert-root
        if (-not [IO.Directory]::Exists($module)) {
            build-here
        }
        import-built
        & "$module/samples/Fabric.Lab.ps1" -Down
    }
    'Test' {
        $all = -not ($Unit -or $Integration -or $Guest)
        $withGuest = $Guest -or ($all -and -not $Filter)
        if ($all -or $Integration -or $Guest) {
            assert-root
            # The benchmark's too: a test runs it in small.
            foreach ($more in $packages, $benchPackages) { $more.Keys.ForEach({ $testPackages[$_] = $more[$_] }) }
            install-packages $testPackages
            unpack-birds
        }
        if ($withGuest) {
            $problem = prepare-guest
            # One that was asked for by name is not skipped.
            if ($problem -and $PSBoundParameters.ContainsKey('Kernel')) { refuse "there can be no guest: $problem." }
        }
        msbuild WgNet.sln '-restore'
        build-module $module $platform
        if ($all -or $Integration) { build-package }
        build-shell
        $env:WGNET_MODULE = $module
        $env:WGNET_SHELL = "$out/shell/WgNet.Shell"
        $counts = @()
        if ($all -or $Unit) { $counts += run-tests $tests[0] }
        # What needs the kernel's WireGuard runs in the guest, or is counted there as skipped.
        if ($all -or $Integration) { $counts += run-tests $tests[1] ($withGuest ? @('-trait-', 'Needs=Kernel') : @()) }
        if ($all -and -not $Filter) { $counts += run-runbooks }
        # Last and alone: beside others an emulated machine is too slow for the clocks of its daemons.
        if ($withGuest) { $counts += $problem ? (skip-guest $problem) : (run-guest-tests) }
        if (-not (show-counts $counts)) { exit 1 }
    }
    'Bench' {
        assert-root
        foreach ($more in $packages, $testPackages) { $more.Keys.ForEach({ $benchPackages[$_] = $more[$_] }) }
        install-packages $benchPackages
        build-here
        msbuild src/WgNet.Shell '-restore'
        build-shell
        if ($Guest) {
            $problem = prepare-guest
            if ($problem) { refuse "there can be no guest: $problem." }
            $code = run-guest-bench
            if ($code) { refuse "the benchmark in the guest ended with exit code $code; its own messages are above." }
            return
        }
        # Only its remoting starts that.
        if ('Remoting'.Contains($Filter, 'OrdinalIgnoreCase')) { build-gateway $platform }
        msbuild tests/WgNet.Bench '-restore'
        $arguments = @('--module', "$module/WgNet.psd1", '--shell', "$out/shell/WgNet.Shell")
        $arguments += $Filter ? @('--filter', $Filter) : @('--output', "$PSScriptRoot/tests/WgNet.Bench/results", '--readme', "$PSScriptRoot/README.md")
        & "$PSScriptRoot/tests/WgNet.Bench/bin/Release/net10.0/WgNet.Bench" @arguments | Out-Host
        if ($LASTEXITCODE) { refuse "the benchmark ended with exit code $LASTEXITCODE; its own messages are above." }
    }
    'Clean' {
        $folders = @($out)
        foreach ($project in [IO.Directory]::GetFiles($PSScriptRoot, '*.csproj', 'AllDirectories')) {
            $folder = [IO.Path]::GetDirectoryName($project)
            # Not what this shell itself runs from.
            if (-not [AppContext]::BaseDirectory.StartsWith("$folder/")) { $folders += "$folder/bin", "$folder/obj" }
        }
        foreach ($folder in $folders.Where({ [IO.Directory]::Exists($_) })) { [IO.Directory]::Delete($folder, $true) }
    }
}
