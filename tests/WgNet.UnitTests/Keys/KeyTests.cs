using System.ComponentModel;
using System.Security;
using CsCheck;
using Xunit;

namespace WgNet.UnitTests.Keys;

public sealed class KeyTests
{
    private const string LabKey = "CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=";

    [Theory]
    [InlineData("001", "apoMf/5YLR1i8TEYidTOhLRFHuFBS1ls/E9KR/ixRlg=")]
    [InlineData("002", "NQP4t9BsJML1roXrvN3+0+Z5xHCn/e8yQIJjXFq7Zx4=")]
    [InlineData("003", "Jixsag44W8CFkKCIvlLSZF86/Q/4BovkpqdB9Vps5Sk=")]
    [InlineData("004", "gUYqcT+GFlwaKXHfgAbNBUWSrT0MJL8KoCpHnfo7fxg=")]
    [InlineData("005", "trTzZeGwfSJaCDr7pM39VLeZCBqoxCrRJYuslIkEJDw=")]
    [InlineData("006", "1p4DBrC/tgA3UEx55fQYzJITOEwBNQzKu6jrlNVzUQU=")]
    public void The_articles_private_keys_give_its_public_keys(string mark, string expected)
    {
        using WgPrivateKey key = WgPrivateKey.FromBase64(mark + LabKey);
        Assert.Equal(expected, key.GetPublicKey().ToString());
        Assert.Equal(mark + LabKey, key.Reveal());
    }

    [Fact]
    public void A_key_equals_its_clamped_form_since_a_device_gives_that_back()
    {
        using WgPrivateKey given = WgPrivateKey.FromBase64("001" + LabKey);
        using WgPrivateKey read = WgPrivateKey.FromBase64("0E1CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkVY=");
        Assert.Equal(given, read);
        Assert.Equal(given.GetHashCode(), read.GetHashCode());
        byte[] sent = new byte[32];
        given.CopyClamped(sent);
        Assert.Equal(read.Reveal(), Convert.ToBase64String(sent));
    }

    [Fact]
    public void A_zero_private_key_stays_zero_when_sent_since_it_takes_the_key_away()
    {
        using WgPrivateKey zero = WgPrivateKey.FromBase64(Convert.ToBase64String(new byte[32]));
        byte[] sent = [.. Enumerable.Repeat((byte)1, 32)];
        zero.CopyClamped(sent);
        Assert.Equal(new byte[32], sent);
    }

    [Fact]
    public void New_private_keys_are_clamped_and_differ()
    {
        using WgPrivateKey one = WgPrivateKey.Generate();
        using WgPrivateKey two = WgPrivateKey.Generate();
        byte[] bytes = Convert.FromBase64String(one.Reveal());
        Assert.Equal(0, bytes[0] & 7);
        Assert.Equal(64, bytes[31] & 192);
        Assert.NotEqual(one, two);
    }

    [Theory]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY", "has 43 characters")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY==", "has 45 characters")]
    [InlineData("", "has 0 characters")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRZ=", "spare bits")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRYA", "does not end in '='")]
    [InlineData("00 CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkRY=", "position 3 ")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq-wogo4aCEj+tDRkkRY=", "position 26 ")]
    [InlineData("003CiWM8Klnl/ATecTMAYj0sq+wogo4aCEj+tDRkkR==", "position 43 ")]
    public void What_is_no_key_is_told_by_the_rule_it_breaks_and_not_repeated(string text, string rule)
    {
        FaultException[] faults =
        [
            Assert.Throws<FaultException>(() => WgPublicKey.Parse(text)),
            Assert.Throws<FaultException>(() => WgPrivateKey.FromBase64(text)),
            Assert.Throws<FaultException>(() => WgPresharedKey.FromBase64(text)),
        ];
        foreach (FaultException fault in faults)
        {
            Assert.Equal("InvalidKey", fault.Id);
            Assert.Contains(rule, fault.Message, StringComparison.Ordinal);
            Assert.Null(fault.Target);
            if (text.Length > 0)
                Assert.DoesNotContain(text[..8], fault.ToString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Any_bytes_survive_their_text() => Gen.Byte.Array[32].Sample(bytes =>
    {
        string text = Convert.ToBase64String(bytes);
        using WgPresharedKey key = WgPresharedKey.FromBase64(text);
        Assert.Equal(text, key.Reveal());
        Assert.Equal(text, WgPublicKey.Parse(text).ToString());
    });

    [Fact]
    public void One_changed_character_gives_another_key_or_a_fault() =>
        Gen.Select(Gen.Byte.Array[32], Gen.Int[0, 43], Gen.Char).Sample((bytes, position, replacement) =>
        {
            string text = Convert.ToBase64String(bytes);
            char[] changed = text.ToCharArray();
            changed[position] = replacement;
            string other = new(changed);
            Assert.True(!WgPublicKey.TryParse(other, out WgPublicKey? key) || key.ToString() == other);
        });

    [Fact]
    public void Secrets_show_nothing_of_themselves()
    {
        using WgKeyHolder holder = new();
        foreach (WgSecret secret in holder.All)
        {
            Assert.Equal("(hidden)", secret.ToString());
            Assert.All(secret.GetType().GetProperties(), property => Assert.Equal("(hidden)", property.GetValue(secret)));
            Assert.Empty(secret.GetType().GetFields());
            Assert.DoesNotContain(secret.Reveal()[..8], System.Text.Json.JsonSerializer.Serialize(secret, secret.GetType()), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_disposed_key_is_zeroed_and_refuses_use()
    {
        WgPresharedKey key = WgPresharedKey.Generate();
        key.Dispose();
        Assert.Throws<ObjectDisposedException>(key.Reveal);
    }

    [Fact]
    public void Converters_take_what_a_parameter_may_be_given()
    {
        TypeConverter converter = TypeDescriptor.GetConverter(typeof(WgPrivateKey));
        using var secure = new SecureString();
        foreach (char c in "003" + LabKey)
            secure.AppendChar(c);
        WgPrivateKey expected = WgPrivateKey.FromBase64("003" + LabKey);
        Assert.Equal(expected, converter.ConvertFrom("003" + LabKey));
        Assert.Equal(expected, converter.ConvertFrom("003" + LabKey + "\n"));
        Assert.Equal(expected, converter.ConvertFrom(secure));
        Assert.Equal(expected, converter.ConvertFrom(new WgKey(expected)));
        Assert.Equal(expected.GetPublicKey(), TypeDescriptor.GetConverter(typeof(WgPublicKey)).ConvertFrom(new WgKey(expected)));
    }

    [Fact]
    public void A_secret_that_cannot_be_converted_becomes_one_that_throws_on_use()
    {
        object[] values = ["003CiW", 42, new[] { "a" }, "(hidden)"];
        foreach (object value in values)
        {
            var key = (WgPrivateKey)TypeDescriptor.GetConverter(typeof(WgPrivateKey)).ConvertFrom(value)!;
            Assert.Equal("(hidden)", key.ToString());
            Assert.Equal("InvalidKey", Assert.Throws<FaultException>(key.Reveal).Id);
            Assert.Equal("InvalidKey", Assert.Throws<FaultException>(key.GetPublicKey).Id);
        }
    }

    private sealed class WgKeyHolder : IDisposable
    {
        public WgSecret[] All { get; } = [WgPrivateKey.Generate(), WgPresharedKey.Generate()];

        public void Dispose() => Array.ForEach(All, secret => secret.Dispose());
    }
}
