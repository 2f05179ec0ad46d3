# The guest, for build.ps1: what runs in it, and how. Dot-sourced there.

# What runs in the guest too. Emulated, every test takes seconds: those whose input is refused before any back end sees it stay outside,
# and those of wireguard-go alone. Of the labs there is the article's, and gateways that a fabric's file makes and changes.
$guestTests = @(
    'Tunnels.BadInputTests', 'Tunnels.ConcurrentTests', 'Tunnels.InterruptedTests', 'Tunnels.KernelTests', 'Tunnels.OpenCloseTests', 'Tunnels.PeerTests', 'Tunnels.SecretTests'
    'Tunnels.SessionTests', 'Tunnels.TunnelTests', 'Tunnels.WatchTests', 'WireGuard.ConfigTests', 'WireGuard.ScaleTests', 'Fabric.UntouchedTests', 'Lab.ArticleLabTests'
).ForEach({ '-class', "WgNet.IntegrationTests.$_" }) + @(
    'BadInputTests.NewTunnelRefuses*', 'BadInputTests.WhatIf*', 'ArticleLabTests.ItWorksWith*', 'ArticleLabTests.ABirdThatIsNotThere*', 'ArticleLabTests.Stopped*'
).ForEach({ '-method-', "*.$_" })

# Where the kernel lies; one of another release has its name behind a slash.
$guestKernel = "$out/guest/$($Kernel.Replace('/', '-'))"

# Gets the guest's kernel and what runs it. Answers with the reason why there can be no guest; '' when there can.
function prepare-guest {
    say "`nThe guest's kernel"
    $last = 'it cannot be prepared'
    & bash "$PSScriptRoot/prepare.sh" $guestKernel $Kernel | ForEach-Object {
        $last = "$_"
        say $last
    }
    if ($LASTEXITCODE) { $last } else { '' }
}

# Compiled ahead, since the guest emulates its processor. Without the compiler's package the project runs as it is, only slower.
function build-for-guest($project) {
    $folder = staging
    & dotnet msbuild "$PSScriptRoot/../$project" -nologo -v:quiet -m -nodeReuse:false -p:UseSharedCompilation=false -p:Configuration=Release `
        -restore -t:Publish -p:PublishReadyToRun=true "-p:PublishDir=$folder/" | Out-Host
    if ($LASTEXITCODE) {
        [IO.Directory]::Delete($folder, $true)
        return "$PSScriptRoot/../$project/bin/Release/net10.0"
    }
    swap-folder $folder "$out/guest/$project"
    "$out/guest/$project"
}

# Runs one program in the guest and answers with its exit code; what it leaves as report.xml goes to $report. What it prints is printed at
# once, since it is this process's own output.
function run-guest([string] $before, [string[]] $words, [string] $report = '') {
    $share = "$out/guest/share-$([IO.Path]::GetRandomFileName())"
    $null = [IO.Directory]::CreateDirectory($share)
    $dotnet = $env:DOTNET_ROOT
    if (-not $dotnet) {
        $program = @(Get-Command dotnet -CommandType Application)[0].Source
        $target = [IO.File]::ResolveLinkTarget($program, $true)
        $dotnet = [IO.Path]::GetDirectoryName($target ? $target.FullName : $program)
    }
    $settings = [ordered]@{ DOTNET_ROOT = $dotnet; DOTNET_TieredPGO = 0; NO_COLOR = 1; WGNET_MODULE = $module; WGNET_SHELL = "$out/shell/WgNet.Shell" }
    # The kernel waits for its readers at every link and namespace that goes, which an emulated processor makes long.
    $lines = @($settings.Keys.ForEach({ "export $_='$($settings[$_])'" })) + $before + 'echo 1 >/sys/kernel/rcu_expedited', 'cd /tmp' + "exec '$($words -join "' '")'"
    [IO.File]::WriteAllText("$share/job.sh", ($lines -join "`n") + "`n")
    try {
        $code = start-guest $share 2
        if ($code -eq 125) {
            # Seen: a breakpoint that one processor had removed, and the other still ran into, while the kernel changed its own code.
            say 'The guest died; its last words are above. The processors of an emulator can trip over each other: once more, with one.'
            $code = start-guest $share 1
        }
        if ($report -and [IO.File]::Exists("$share/report.xml")) { [IO.File]::Copy("$share/report.xml", $report, $true) }
    } finally {
        [IO.Directory]::Delete($share, $true)
    }
    if ($code -eq 124) { say "The guest was ended after its time limit, $GuestLimit s: what ran in it has failed." }
    if ($code -eq 125) { say 'The guest died again: what ran in it has failed.' }
    $code
}

# One start of the guest; its job's exit code, 124 after the time limit, 125 where it died.
function start-guest($share, $processors) {
    $start = [Diagnostics.ProcessStartInfo]::new('bash')
    foreach ($word in "$PSScriptRoot/run.sh", $guestKernel, $share, "$GuestLimit", "$processors") { $start.ArgumentList.Add($word) }
    $guest = [Diagnostics.Process]::Start($start)
    try {
        # In steps, so that Ctrl+C is heard.
        while (-not $guest.WaitForExit(200)) { }
    } finally {
        # As a question: run.sh ends the guest.
        if (-not $guest.HasExited) {
            & kill -TERM $guest.Id
            $guest.WaitForExit()
        }
    }
    $guest.ExitCode
}

# Its tests; answers with their counts.
function run-guest-tests {
    $folder = build-for-guest $tests[1]
    say "`n$($tests[1]) in the guest"
    $report = "$out/results/guest.xml"
    $null = [IO.Directory]::CreateDirectory("$out/results")
    [IO.File]::Delete($report)
    $words = @("$folder/$($tests[1])", '-noLogo', '-noColor', '-reporter', 'verbose', '-maxThreads', '2', '-result-xml', '/run/guest/report.xml') + $guestTests
    if ($Filter) { $words += '-method', "*$Filter*" }
    # What is compiled ahead is good enough there: to compile it again, better, would cost more than it gains.
    $code = run-guest "export DOTNET_TC_CallCounting=0 WGNET_TEST_BACKEND=Kernel WGNET_TEST_PATIENCE=4 WGNET_TEST_SCALE=$($Full ? 'full' : '')" $words $report
    read-report 'The guest' $report $code
}

# The benchmark in the guest: what of it needs the kernel's WireGuard.
function run-guest-bench {
    $folder = build-for-guest WgNet.Bench
    say "`nWgNet.Bench in the guest"
    run-guest '' @("$folder/WgNet.Bench", '--module', "$module/WgNet.psd1", '--shell', "$out/shell/WgNet.Shell", '--filter', ($Filter ? $Filter : 'Kernel WireGuard'))
}

# Without a guest its tests are skipped, each of them.
function skip-guest($problem) {
    $list = @('-noLogo', '-noColor', '-preEnumerateTheories', '-list', 'tests') + $guestTests
    if ($Filter) { $list += '-method', "*$Filter*" }
    $count = @(& "$PSScriptRoot/../$($tests[1])/bin/Release/net10.0/$($tests[1])" @list).Where({ "$_".StartsWith('WgNet.') }).Count
    say "`nThe guest's $count tests are skipped: $problem."
    $skipped = new-count
    $skipped.Skipped = $count
    $skipped
}
