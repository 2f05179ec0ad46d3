using System.Text;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Rights;

/// <summary>
/// A known private key and a known preshared key go through every cmdlet that takes keys, in a session of its own whose system calls are
/// recorded; then they are looked for, in every spelling, wherever they must not be.
/// </summary>
public sealed class SecretAuditTests : IDisposable
{
    private static readonly byte[] s_private = [.. Enumerable.Range(0, 32).Select(i => (byte)(0x58 ^ (i * 37)))];
    private static readonly byte[] s_preshared = [.. Enumerable.Range(0, 32).Select(i => (byte)(0xa6 ^ (i * 53)))];

    private readonly TestWorld _world = new();
    private readonly EngineSession _engine = new();

    public void Dispose()
    {
        _engine.Dispose();
        _world.Dispose();
    }

    [Fact]
    public void KeysLeaveNoTraceInASession()
    {
        Requires.Program("strace");
        Requires.Program("wireguard-go");
        string ns = _world.Namespace("a"), keys = $"{_world.Folder}/keys", trace = $"{_world.Folder}/trace", transcript = $"{_world.Folder}/transcript";
        Directory.CreateDirectory(keys, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Secret($"{keys}/canary.key", Convert.ToBase64String(s_private));
        Secret($"{keys}/canary.psk", Convert.ToBase64String(s_preshared));
        File.WriteAllText($"{_world.Folder}/audit.ps1", Script(ns, keys, transcript));
        DateTime started = DateTime.UtcNow;

        // pwsh has what our own shell lacks: JSON, transcripts, Format-List of everything. Without a umask a file is as it was asked to be.
        bool pwsh = Native.Run("sh", "-c", "command -v pwsh").ExitCode == 0;
        string shell = pwsh ? "pwsh -NoProfile -NonInteractive -File" : BuiltModule.Shell;
        using Daemon session = Daemon.Start(
            "sh", "-c", $"umask 000; exec strace -f --seccomp-bpf -v -s 4096 -e trace=execve,openat,open,creat,mkdir,mkdirat,chmod,fchmod,fchmodat -o {trace} {shell} {_world.Folder}/audit.ps1");
        NativeResult result = session.Finish(TimeSpan.FromMinutes(3));

        // The audit looked at what it meant to.
        Assert.Contains("refused TunnelExists InvalidKey InvalidKey InvalidKey InvalidKey FileExists InvalidPort KeyAndPath InvalidConfig InvalidConfig", result.Output, StringComparison.Ordinal);
        Assert.Contains("done", result.Output, StringComparison.Ordinal);
        if (pwsh)
            Assert.Contains("(hidden)", File.ReadAllText(transcript), StringComparison.Ordinal);

        AssertClean("what the session said", result.Output + result.Error);
        string calls = File.ReadAllText(trace);
        Assert.Contains("wireguard-go", calls, StringComparison.Ordinal);
        AssertClean("the arguments and environments of programs, and the names of files", calls);
        foreach ((string file, string content) in RecentFiles(started, keys))
            AssertClean(file, content);

        // No file with a key was ever open to others: its mode is its owner's from the moment that it is made.
        string[] made = [.. calls.Split('\n').Where(call => call.Contains("O_CREAT", StringComparison.Ordinal) && call.Contains($"\"{keys}/", StringComparison.Ordinal))];
        Assert.Equal(3, made.Length);
        Assert.All(made, call => Assert.Matches(@"O_EXCL.*, 0600\b", call));
        Assert.All(Directory.GetFiles(keys), file => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file)));
        Assert.DoesNotContain(Directory.GetFiles(keys), file => Path.GetFileName(file).StartsWith('.'));
    }

    [Fact]
    public void AKeyThatOthersCouldReadOrPlantIsRefused()
    {
        string key = $"{_world.Folder}/a.key", link = $"{_world.Folder}/link.key", pipe = $"{_world.Folder}/pipe.key";
        Secret(key, Convert.ToBase64String(s_private));
        File.CreateSymbolicLink(link, key);
        Native.Succeed("mkfifo", "-m", "600", pipe);

        // A link is followed to what it leads to, and that is what counts.
        _engine.Succeed("Import-WgKey $path", ("path", link));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        _engine.Fail("FileNotPrivate", "Import-WgKey $path", ("path", link));
        _engine.Fail("FileNotPrivate", "New-WgTunnel wgt-none -PrivateKeyPath $path", ("path", link));
        File.SetUnixFileMode(key, UnixFileMode.UserRead);
        Native.Succeed("chown", "65534", key);
        Assert.Contains("belongs to another user (65534)", _engine.Fail("FileNotPrivate", "Import-WgKey $path", ("path", key)).ToString(), StringComparison.Ordinal);
        Native.Succeed("chown", "0", key);
        _engine.Succeed("Import-WgKey $path", ("path", key));

        // Nobody writes into it: opening it would wait for ever.
        foreach (string script in (string[])["Import-WgKey $path", "Get-WgPublicKey -PrivateKeyPath $path", "New-WgTunnel wgt-none -PrivateKeyPath $path", "Export-WgKey $path -PrivateKey (New-WgKey)"])
            _engine.Fail(script.StartsWith("Export", StringComparison.Ordinal) ? "FileExists" : "FileIsPipe", script, ("path", pipe));
        _engine.Fail("FileNotFound", "Import-WgKey $path", ("path", _world.Folder));
    }

    private static string Script(string ns, string keys, string transcript) => $$"""
        Import-Module '{{BuiltModule.Manifest}}'
        $VerbosePreference = $DebugPreference = $InformationPreference = 'Continue'
        $full = $null -ne (Get-Command ConvertTo-Json -ErrorAction Ignore)
        if ($full) { $null = Start-Transcript '{{transcript}}' }
        $text = [IO.File]::ReadAllText('{{keys}}/canary.key').Trim(); $shared = [IO.File]::ReadAllText('{{keys}}/canary.psk').Trim()
        $secure = [Security.SecureString]::new(); foreach ($c in $text.ToCharArray()) { $secure.AppendChar($c) }
        $key = Import-WgKey '{{keys}}/canary.key'; $psk = Import-WgKey '{{keys}}/canary.psk' -PresharedKey
        $peer = (New-WgKey).PublicKey
        $in = @{ Namespace = '{{ns}}' }
        $said = & {
            $key; $psk; $key.PrivateKey; Get-WgPublicKey $text; $secure | Get-WgPublicKey; $key | Get-WgPublicKey
            Get-WgPublicKey -PrivateKeyPath '{{keys}}/canary.key'
            $key | Export-WgKey '{{keys}}/out.key' -PassThru; Export-WgKey '{{keys}}/out.psk' -PresharedKey $shared -PassThru
            Export-WgKey '{{keys}}/none.key' -PrivateKey $text -WhatIf
            ($tunnel = New-WgTunnel wg0 -PrivateKey $text -PeerPublicKey $peer -PresharedKey $shared -Endpoint 192.0.2.1:9 -TransportNamespace '{{ns}}' @in)
            New-WgTunnel wg0 -PrivateKey $key -TransportNamespace '{{ns}}' @in
            New-WgTunnel wg1 -PrivateKey "${text}x" -TransportNamespace '{{ns}}' @in
            New-WgTunnel wg1 -PrivateKey $text -PeerPublicKey $peer -PresharedKey "${shared}x" -TransportNamespace '{{ns}}' @in
            Add-WgPeer wg0 (New-WgKey).PublicKey -PresharedKey "x$shared" @in
            Get-WgPublicKey ([pscustomobject]@{ PrivateKey = "$text$shared" })
            $key | Export-WgKey '{{keys}}/out.key'
            Set-WgTunnel wg0 -PrivateKey $text -ListenPort 70000 @in
            New-WgTunnel wg1 -PrivateKey $key -PrivateKeyPath '{{keys}}/canary.key' @in
            Set-WgTunnel wg0 -PrivateKey $secure -PassThru @in
            Set-WgTunnel wg0 -PrivateKeyPath '{{keys}}/canary.key' -WhatIf @in
            Set-WgPeer wg0 $peer -PresharedKey $psk -PassThru @in
            Set-WgPeer wg0 $peer -PresharedKeyPath '{{keys}}/canary.psk' -PassThru @in
            Add-WgPeer wg0 (New-WgKey).PublicKey -PresharedKey $shared -PassThru @in
            Get-WgTunnel wg0 @in; Get-WgPeer wg0 @in; Test-WgTunnel wg0 @in
            Export-WgConfig wg0 '{{keys}}/wg0.conf' -PassThru @in
            ($config = ConvertFrom-WgConfig -Path '{{keys}}/wg0.conf')
            $config | Import-WgConfig -Tunnel wg0 -Mode Sync -PassThru @in
            Import-WgConfig '{{keys}}/wg0.conf' wg0 -Mode Replace @in
            ConvertFrom-WgConfig "[Interface]`nPrivateKey = ${text}x"
            ConvertFrom-WgConfig "[Interface]`nPrivateKey = $text`n[Peer]`nPresharedKey = $shared`nNonsense = 1"
            Remove-WgTunnel wg0 @in
        } *>&1
        $errors = @($said.Where({ $_ -is [Management.Automation.ErrorRecord] }))
        $Host.UI.WriteLine("refused $($errors.ForEach({ $_.FullyQualifiedErrorId.Split(',')[0] }))")
        foreach ($one in @($said) + @($Error) + $key + $psk + $tunnel + $config) {
            $Host.UI.WriteLine("$one")
            $Host.UI.WriteLine([Management.Automation.PSSerializer]::Serialize($one, 3))
            if ($full) {
                $Host.UI.WriteLine(($one | Format-List * -Force | Out-String -Width 4096))
                $one | Out-Host
                if ($one -isnot [Management.Automation.ErrorRecord]) { $Host.UI.WriteLine(($one | ConvertTo-Json -Depth 3 -Compress -WarningAction Ignore)) }
            }
        }
        foreach ($one in @($errors) + @($Error)) {
            for ($e = $one.Exception; $e; $e = $e.InnerException) { $Host.UI.WriteLine("$e $($e.Data.Values) $($e.TargetSite)") }
            $Host.UI.WriteLine("$($one.TargetObject) $($one.CategoryInfo) $($one.ErrorDetails) $($one.ScriptStackTrace) $($one.InvocationInfo.Line) $($one.InvocationInfo.BoundParameters.Values) $($one.InvocationInfo.UnboundArguments)")
        }
        $Host.UI.WriteLine((Get-History | Out-String -ErrorAction Ignore))
        if ($full) { $null = Stop-Transcript }
        $Host.UI.WriteLine('done')
        """;

    private static void Secret(string path, string text)
    {
        using var file = new FileStream(path, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        file.Write(Encoding.ASCII.GetBytes(text + "\n"));
    }

    // Base64 and a part of it, hexadecimal in both cases and a part of it, the bytes; the private key as it is and as a device keeps it.
    private static void AssertClean(string where, string text)
    {
        byte[] clamped = [.. s_private];
        clamped[0] &= 248;
        clamped[31] = (byte)((clamped[31] & 127) | 64);
        foreach (byte[] key in (byte[][])[s_private, clamped, s_preshared])
        {
            string base64 = Convert.ToBase64String(key);
            string[] spellings = [base64[4..16], base64[24..40], Convert.ToHexString(key)[8..24], Convert.ToHexStringLower(key)[8..24], Encoding.Latin1.GetString(key)[4..12]];
            foreach (string spelling in spellings)
            {
                int at = text.IndexOf(spelling, StringComparison.Ordinal);
                Assert.True(at < 0, at < 0 ? "" : $"A key stands in {where}: ...{text[Math.Max(0, at - 600)..at]}");
            }
        }
    }

    private static IEnumerable<(string File, string Content)> RecentFiles(DateTime since, string not)
    {
        var options = new EnumerationOptions { IgnoreInaccessible = true, RecurseSubdirectories = true, MaxRecursionDepth = 3 };
        foreach (string file in new[] { Path.GetTempPath(), "/var/tmp", "/dev/shm", "/run/wireguard", "/run/wgnet" }.Where(Directory.Exists).SelectMany(folder => Directory.EnumerateFiles(folder, "*", options)))
        {
            // What is empty holds no key, and may be a pipe, whose opening would wait for its other end. Others' files come and go.
            var info = new FileInfo(file);
            string content;
            try
            {
                if (file.StartsWith(not, StringComparison.Ordinal) || info.LastWriteTimeUtc < since || info.Length is 0 or >= 1 << 24)
                    continue;
                content = Encoding.Latin1.GetString(File.ReadAllBytes(file));
            }
            catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
            {
                continue;
            }

            yield return (file, content);
        }
    }
}
