# How tests run and are counted, for build.ps1. Dot-sourced there.

# What one runner counted. Failures are told where they happen, and once more at the end: much is printed in between.
function new-count { @{ Passed = 0; Failed = 0; Skipped = 0; Failures = [Collections.Generic.List[string]]::new() } }

function add-failure($count, $sentence) {
    say $sentence
    $count.Failures.Add($sentence)
    $count.Failed++
}

# The counts of a test runner's report. A runner that died, or that found nothing to run where all was to run, must not look like success.
function read-report($name, $report, $code) {
    $count = new-count
    if ([IO.File]::Exists($report)) {
        $document = [xml] [IO.File]::ReadAllText($report)
        foreach ($assembly in $document.assemblies.assembly) {
            $count.Passed += [int] $assembly.passed
            $count.Failed += [int] $assembly.failed + [int] $assembly.errors
            $count.Skipped += [int] $assembly.skipped
        }
        foreach ($failure in $document.SelectNodes('//failure')) {
            $test = $failure.ParentNode
            $what = $test.GetAttribute('name')
            $where = "$($failure.SelectSingleNode('stack-trace').InnerText)".Split("`n").Where({ $_.Contains('WgNet') }, 'First', 3)
            $lines = @("${name}: $($what ? "$what, after $($test.GetAttribute('time')) s" : 'outside of a test')", $failure.SelectSingleNode('message').InnerText) + $where
            $count.Failures.Add($lines -join "`n")
        }
    }
    if ($code -and -not $count.Failed) {
        $sentence = "$name ended with exit code $code."
        if ($Filter -and $count.Passed + $count.Skipped -eq 0) { say $sentence } else { add-failure $count $sentence }
    }
    $count
}

# All failures together, then the line that counts; answers whether all is well.
function show-counts($counts) {
    $total = new-count
    foreach ($count in $counts) {
        foreach ($kind in 'Passed', 'Failed', 'Skipped') { $total.$kind += $count.$kind }
        $total.Failures.AddRange($count.Failures)
    }
    if ($total.Failures.Count) { say "`nWhat failed:" }
    foreach ($failure in $total.Failures) { say "`n$failure" }
    say "`n$($total.Passed) passed, $($total.Failed) failed, $($total.Skipped) skipped"
    -not $total.Failed -and $total.Passed
}

# Runs a test project's executable; answers with counts from its own report.
function run-tests($project, [string[]] $more) {
    $report = "$out/results/$project.xml"
    $null = [IO.Directory]::CreateDirectory("$out/results")
    [IO.File]::Delete($report)
    $arguments = @('-noLogo', '-noColor', '-result-xml', $report) + $more
    if ($Filter) { $arguments += '-method', "*$Filter*" }
    say "`n$project"
    & "$PSScriptRoot/$project/bin/Release/net10.0/$project" @arguments | Out-Host
    read-report $project $report $LASTEXITCODE
}

# The runbooks check a live gateway: the lab's V1-1, in a lab of their own that goes afterwards.
function run-runbooks {
    $books = [IO.Directory]::Exists("$PSScriptRoot/runbooks") ? [IO.Directory]::GetFiles("$PSScriptRoot/runbooks", '*.Tests.ps1') : @()
    $count = new-count
    if (-not $books) { return $count }
    $pwsh = Get-Command pwsh -CommandType Application -ErrorAction Ignore | Where-Object Source | ForEach-Object Source
    $pwsh = @($pwsh)[0]
    if (-not $pwsh -or (& $pwsh -NoProfile -NonInteractive -Command 'Get-Module -ListAvailable Pester | Where-Object { $_.Version.Major -ge 5 }') -eq $null) {
        say "`nRunbooks skipped: they need pwsh with Pester 5 or later."
        $count.Skipped = $books.Count
        return $count
    }
    $prefix = 'wgt{0:x4}-' -f [Random]::Shared.Next(0x10000)
    $report = "$out/results/runbooks.txt"
    [IO.File]::Delete($report)
    $lab = "$module/samples/Article.Lab.ps1"
    import-built
    try {
        say "`nRunbooks: building the lab"
        & $lab -Keep -Prefix $prefix | Out-Null
        $text = @'
param($books, $module, $report, $prefix)
Import-Module "$module/WgNet.psd1"
$data = @{ Namespace = "${prefix}V1-1.private"; ControlSocket = "/run/wgnet/lab-${prefix}article/V1-1.private.ctl" }
$configuration = New-PesterConfiguration
$configuration.Run.Container = $books.Split("`n") | ForEach-Object { New-PesterContainer -Path $_ -Data $data }
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
$result = Invoke-Pester -Configuration $configuration
$failures = @($result.Failed) + $result.FailedBlocks + $result.FailedContainers | Where-Object { $_ }
$lines = @("$($result.PassedCount) $($failures.Count) $($result.SkippedCount)") + $failures.ForEach({ "$($_.ExpandedPath ?? $_.Item)`n$($_.ErrorRecord)" })
[IO.File]::WriteAllText($report, $lines -join "`0")
'@
        & $pwsh -NoProfile -NonInteractive -CommandWithArgs "& { $text } @args" ($books -join "`n") $module $report $prefix | Out-Host
        if ([IO.File]::Exists($report)) {
            $numbers, $failures = [IO.File]::ReadAllText($report).Split("`0")
            $count.Passed, $count.Failed, $count.Skipped = [int[]] $numbers.Split(' ')
            foreach ($failure in $failures) { $count.Failures.Add("Runbooks: $failure") }
        } else {
            add-failure $count 'The runbooks ended without a report.'
        }
    } catch {
        add-failure $count "The runbooks' lab failed: $_"
    } finally {
        & $lab -Down -Prefix $prefix | Out-Null
    }
    $count
}
