using System.Diagnostics;
using System.Management.Automation;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Keys;

/// <summary>The key cmdlets, with Debian's wg as witness.</summary>
public sealed class KeyTests : IDisposable
{
    private const string LabKey = "CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";
    private readonly EngineSession _engine = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-keys-").FullName;

    public void Dispose()
    {
        _engine.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("001", "apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=")]
    [InlineData("002", "NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=")]
    [InlineData("003", "Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=")]
    [InlineData("004", "gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=")]
    [InlineData("005", "trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=")]
    [InlineData("006", "1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=")]
    public void The_labs_private_keys_give_its_public_keys(string mark, string expected) =>
        Assert.Equal(expected, Assert.Single(_engine.Succeed("$text | Get-WgPublicKey", ("text", mark + LabKey))).ToString());

    [Fact]
    public void Our_keys_are_keys_to_wg_and_its_are_to_us()
    {
        Requires.Program("wg");
        foreach (PSObject key in _engine.Succeed("New-WgKey -Count 5"))
        {
            string secret = Reveal(key.Properties["PrivateKey"].Value);
            Assert.Equal(key.Properties["PublicKey"].Value.ToString(), Wg("pubkey", secret));
        }

        string theirs = Wg("genkey", "");
        Assert.Equal(Wg("pubkey", theirs), Assert.Single(_engine.Succeed("$text | Get-WgPublicKey", ("text", theirs))).ToString());
        Assert.Equal(44, Reveal(Assert.Single(_engine.Succeed("New-WgKey -PresharedKey"))).Length);
    }

    [Fact]
    public void Every_form_of_a_private_key_is_taken()
    {
        string[] scripts =
        [
            "$key | Get-WgPublicKey",
            "$key.PrivateKey | Get-WgPublicKey",
            "$key.PrivateKey.Reveal() | Get-WgPublicKey",
            "Get-WgPublicKey $key",
            "[pscustomobject]@{ Name = 'row'; PrivateKey = $key.PrivateKey.Reveal() } | Get-WgPublicKey",
            "Get-WgPublicKey ([pscustomobject]@{ Name = 'row'; PrivateKey = $key.PrivateKey })",
            "Get-WgPublicKey ([System.Net.NetworkCredential]::new('', $key.PrivateKey.Reveal()).SecurePassword)",
            "Export-WgKey -PrivateKey $key -Path $file; Get-WgPublicKey -PrivateKeyPath $file",
        ];
        PSObject key = Assert.Single(_engine.Succeed("($key = New-WgKey)"));
        foreach (string script in scripts)
        {
            PSObject publicKey = Assert.Single(_engine.Succeed(script, ("key", key), ("file", Path.Combine(_folder, "forms.key"))));
            Assert.Equal(key.Properties["PublicKey"].Value.ToString(), publicKey.ToString());
        }
    }

    [Fact]
    public void Secrets_are_hidden_in_text_and_over_remoting()
    {
        PSObject key = Assert.Single(_engine.Succeed("New-WgKey"));
        string secret = Reveal(key.Properties["PrivateKey"].Value);
        string[] texts =
        [
            PSSerializer.Serialize(key, 9),
            System.Text.Json.JsonSerializer.Serialize(key.BaseObject, key.BaseObject.GetType()),
            $"{key} {key.Properties["PrivateKey"].Value}",
        ];
        foreach (string text in texts)
            Assert.DoesNotContain(secret[..10], text, StringComparison.Ordinal);
        Assert.Contains("(hidden)", texts[0], StringComparison.Ordinal);
        Assert.Contains("(hidden)", texts[1], StringComparison.Ordinal);

        // What came back from another session is no key any more, but for the public one.
        var travelled = (PSObject)PSSerializer.Deserialize(texts[0]);
        foreach (string script in (string[])["$travelled | Get-WgPublicKey", "Get-WgPublicKey -PrivateKey $travelled.PrivateKey"])
        {
            ErrorRecord error = _engine.Fail("InvalidKey", script, ("travelled", travelled));
            Assert.Contains("Reveal()", error.ToString(), StringComparison.Ordinal);
        }

        Assert.Equal(
            key.Properties["PublicKey"].Value.ToString(),
            Assert.Single(_engine.Succeed("[WgNet.WgPublicKey]$travelled.PublicKey", ("travelled", travelled))).ToString());
    }

    [Theory]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY", "43 characters")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRZ=", "spare bits")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq*wogo4aCEj+tDRkkRY=", "position 26")]
    public void What_is_no_key_is_told_without_being_repeated(string text, string rule)
    {
        string[] scripts =
        [
            "$text | Get-WgPublicKey",
            "Get-WgPublicKey -PrivateKey $text",
            "Get-WgPublicKey -PrivateKey ([pscustomobject]@{ PrivateKey = $text })",
            "[pscustomobject]@{ PrivateKey = $text } | Get-WgPublicKey",
            "Export-WgKey -PrivateKey $text -Path $file",
            "Export-WgKey -PresharedKey $text -Path $file",
            "New-WgTunnel wgt-nokey -PrivateKey $text",
        ];
        foreach (string script in scripts)
        {
            ErrorRecord error = _engine.Fail("InvalidKey", script, ("text", text), ("file", Path.Combine(_folder, "bad.key")));
            Assert.Contains(rule, error.ToString(), StringComparison.Ordinal);
            Assert.DoesNotContain(text[..10], $"{error} {error.Exception} {error.TargetObject} {error.CategoryInfo}", StringComparison.Ordinal);
        }

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData("42")]
    [InlineData("@{ Key = $text }")]
    [InlineData("@($text, $text)")]
    [InlineData("[pscustomobject]@{ Key = $text }")]
    public void What_cannot_be_a_key_is_told_by_its_type_alone(string value)
    {
        const string Text = "003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";
        ErrorRecord error = Assert.Single(_engine.Run($"Get-WgPublicKey -PrivateKey ({value})", ("text", Text)).Errors);
        Assert.DoesNotContain(Text[..10], $"{error} {error.Exception} {error.TargetObject} {error.CategoryInfo}", StringComparison.Ordinal);
    }

    [Fact]
    public void A_key_file_is_written_for_its_owner_and_read_only_if_no_one_else_can()
    {
        string file = Path.Combine(_folder, "a.key");
        PSObject key = Assert.Single(_engine.Succeed("New-WgKey | Export-WgKey -Path $file -PassThru", ("file", file)));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
        Assert.Equal(
            key.Properties["PublicKey"].Value.ToString(),
            Assert.Single(_engine.Succeed("Import-WgKey $file", ("file", file))).Properties["PublicKey"].Value.ToString());
        _engine.Fail("FileExists", "New-WgKey | Export-WgKey $file", ("file", file));
        _engine.Succeed("New-WgKey | Export-WgKey $file -WhatIf -Force", ("file", file));
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        _engine.Fail("FileNotPrivate", "Import-WgKey $file", ("file", file));
        Assert.Empty(_engine.Succeed("Import-WgKey $pattern", ("pattern", Path.Combine(_folder, "*.none"))));
        _engine.Fail("FileNotFound", "Import-WgKey $file", ("file", file + ".none"));
    }

    private static string Reveal(object secret) => (string)PSObject.AsPSObject(secret).Methods["Reveal"].Invoke();

    private static string Wg(string command, string input)
    {
        using Process process = Native.Start("wg", command);
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd().Trim();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }
}
