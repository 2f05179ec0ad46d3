using WgNet.WireGuard;
using Xunit;

namespace WgNet.UnitTests.Keys;

public sealed class KeyFileTests : IDisposable
{
    private const string Text = "003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string _folder = Directory.CreateTempSubdirectory("wgt-key-").FullName;

    private string Target => Path.Combine(_folder, "wg3.key");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_key_survives_its_file_which_is_its_owners_alone()
    {
        KeyFile.Write(Target, WgPrivateKey.FromBase64(Text), overwrite: false);
        Assert.Equal(Text + "\n", File.ReadAllText(Target));
        Assert.Equal(Private, File.GetUnixFileMode(Target));
        Assert.Equal(Text, KeyFile.ReadPrivateKey(Target).Reveal());
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Fact]
    public void A_file_that_exists_is_kept_unless_it_may_be_replaced()
    {
        KeyFile.Write(Target, WgPrivateKey.FromBase64(Text), overwrite: false);
        Assert.Equal("FileExists", Assert.Throws<FaultException>(() => KeyFile.Write(Target, WgPrivateKey.Generate(), overwrite: false)).Id);
        Assert.Equal(Text, KeyFile.ReadPrivateKey(Target).Reveal());
        File.SetUnixFileMode(Target, Private | UnixFileMode.OtherRead);
        WgPrivateKey other = WgPrivateKey.Generate();
        KeyFile.Write(Target, other, overwrite: true);
        Assert.Equal(Private, File.GetUnixFileMode(Target));
        Assert.Equal(other, KeyFile.ReadPrivateKey(Target));
        Assert.Equal([Target], Directory.GetFiles(_folder));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void A_file_open_to_others_is_refused(UnixFileMode bit)
    {
        KeyFile.Write(Target, WgPrivateKey.FromBase64(Text), overwrite: false);
        File.SetUnixFileMode(Target, Private | bit);
        FaultException fault = Assert.Throws<FaultException>(() => KeyFile.ReadPrivateKey(Target));
        Assert.Equal(("FileNotPrivate", FaultKind.PermissionDenied), (fault.Id, fault.Kind));
    }

    [Theory]
    [InlineData(Text, true)]
    [InlineData(Text + "\n", true)]
    [InlineData(Text + " \t\r\n\v\f\n", true)]
    [InlineData(" " + Text, false)]
    [InlineData(Text + "x", false)]
    [InlineData(Text + "\n" + Text, false)]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY", false)]
    [InlineData("", false)]
    [InlineData("\n", false)]
    public void A_file_is_read_as_wg_reads_it(string content, bool good)
    {
        File.WriteAllText(Target, content);
        File.SetUnixFileMode(Target, Private);
        if (good)
        {
            Assert.Equal(Text, KeyFile.ReadPresharedKey(Target).Reveal());
            return;
        }

        FaultException fault = Assert.Throws<FaultException>(() => KeyFile.ReadPresharedKey(Target));
        Assert.Equal(("InvalidKey", Target), (fault.Id, fault.Target));
        Assert.DoesNotContain(Text[..8], fault.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_read_or_written_is_told()
    {
        Assert.Equal("FileNotFound", Assert.Throws<FaultException>(() => KeyFile.ReadPrivateKey(Target)).Id);
        Assert.Equal("FileNotFound", Assert.Throws<FaultException>(() => KeyFile.ReadPrivateKey(Path.Combine(_folder, "none", "key"))).Id);
        Assert.Equal("FileNotFound", Assert.Throws<FaultException>(() => KeyFile.ReadPrivateKey(_folder)).Id);
        Assert.Equal("FileNotWritten", Assert.Throws<FaultException>(() => KeyFile.Write(_folder, WgPrivateKey.Generate(), overwrite: true)).Id);
        Assert.Equal("FileNotWritten", Assert.Throws<FaultException>(() => KeyFile.Write(Path.Combine(_folder, "none", "key"), WgPrivateKey.Generate(), overwrite: true)).Id);
        File.WriteAllBytes(Target, new byte[100_000]);
        File.SetUnixFileMode(Target, Private);
        Assert.Equal("FileTooLarge", Assert.Throws<FaultException>(() => KeyFile.ReadPrivateKey(Target)).Id);
    }
}
