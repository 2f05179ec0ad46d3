# The session in which cmdlets are measured: takes scripts from the benchmark's socket, answers with what each took.
param([string] $Socket, [string] $Module)
$ErrorActionPreference = 'Stop'
$client = [Net.Sockets.Socket]::new('Unix', 'Stream', 'Unspecified')
$client.Connect([Net.Sockets.UnixDomainSocketEndPoint]::new($Socket))
$stream = [Net.Sockets.NetworkStream]::new($client)
$reader = [IO.StreamReader]::new($stream)
$writer = [IO.StreamWriter]::new($stream)
$writer.AutoFlush = $true
if ($Module) { Import-Module $Module }
$writer.WriteLine("ready`t$PID")
while ($null -ne ($line = $reader.ReadLine())) {
    try {
        $block = [scriptblock]::Create([Text.Encoding]::UTF8.GetString([Convert]::FromBase64String($line)))
        $before = [GC]::GetTotalAllocatedBytes($true)
        $clock = [Diagnostics.Stopwatch]::StartNew()
        $result = . $block
        $clock.Stop()
        $allocated = [GC]::GetTotalAllocatedBytes($true) - $before
        $writer.WriteLine("$($clock.ElapsedTicks / [double][Diagnostics.Stopwatch]::Frequency)`t$allocated`t$result")
    } catch {
        $writer.WriteLine("error`t$("$_ $($_.ScriptStackTrace)".Replace("`n", ' ').Replace("`r", ' '))")
    }
}
