using System.ComponentModel;
using System.Dynamic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security;
using Microsoft.CSharp.RuntimeBinder;

namespace WgNet.WireGuard;

/// <summary>
/// What PowerShell converts keys with, in parameters and casts alike. For a secret it never fails: its binder would repeat the value in
/// "Cannot convert value …", and would keep the piped object as the error's target. What is no key becomes one that throws on first use.
/// </summary>
internal abstract class KeyConverter : TypeConverter
{
    // All types: what is not understood is told in words of our own.
    public override bool CanConvertFrom(ITypeDescriptorContext? context, Type sourceType) => true;

    public override bool CanConvertTo(ITypeDescriptorContext? context, Type? destinationType) => false;

    /// <summary>Gives the characters of a string or a SecureString to a reader, and clears what was copied; false for other types.</summary>
    protected static unsafe bool TryRead<T>(object value, Func<ReadOnlySpan<char>, T> read, out T? result)
    {
        switch (value)
        {
            case string text:
                // As wg reads a file or its input: white space may follow.
                result = read(text.AsSpan().TrimEnd(" \t\r\n\v\f"));
                return true;
            case SecureString secure:
                nint copy = Marshal.SecureStringToGlobalAllocUnicode(secure);
                try
                {
                    result = read(new ReadOnlySpan<char>((void*)copy, secure.Length));
                    return true;
                }
                finally
                {
                    Marshal.ZeroFreeGlobalAllocUnicode(copy);
                }

            default:
                result = default;
                return false;
        }
    }

    /// <summary>
    /// The value of a property of a PowerShell custom object, null where it has none: a row of a table, or an object that was serialised.
    /// </summary>
    protected static object? Property(object value, string name)
    {
        if (value is not IDynamicMetaObjectProvider)
            return null;
        CallSiteBinder binder = Binder.GetMember(CSharpBinderFlags.None, name, typeof(KeyConverter), [CSharpArgumentInfo.Create(CSharpArgumentInfoFlags.None, null)]);
        var site = CallSite<Func<CallSite, object, object?>>.Create(binder);
        try
        {
            return site.Target(site, value);
        }
        catch (RuntimeBinderException)
        {
            return null;
        }
    }

    /// <summary>Reads a secret, or makes the fault that tells why it is none.</summary>
    protected static object Secret<T>(object value, Func<ReadOnlySpan<char>, T> read, Func<FaultException, T> faulty, string noun)
        where T : WgSecret
    {
        try
        {
            if (value.ToString() == KeyText.Hidden)
            {
                return faulty(KeyText.Invalid(
                    $"The {noun} is the text {KeyText.Hidden}: a key does not travel as text, through remoting, files or JSON. Call its Reveal() before it leaves."));
            }

            return TryRead(value, read, out T? secret)
                ? secret!
                : faulty(KeyText.Invalid($"A {noun} cannot be made from {value.GetType().Name}: give base64 text, a SecureString, or a key object."));
        }
        catch (FaultException fault)
        {
            return faulty(fault);
        }
    }
}

internal sealed class WgPrivateKeyConverter : KeyConverter
{
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        (Property(value, "PrivateKey") ?? value) switch
        {
            WgPrivateKey key => key,
            WgKey pair => pair.PrivateKey,
            { } other => Secret(other, WgPrivateKey.FromBase64, WgPrivateKey.Faulty, WgPrivateKey.Noun),
        };
}

internal sealed class WgPresharedKeyConverter : KeyConverter
{
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) =>
        (Property(value, "PresharedKey") ?? value) switch
        {
            WgPresharedKey key => key,
            { } other => Secret(other, WgPresharedKey.FromBase64, WgPresharedKey.Faulty, WgPresharedKey.Noun),
        };
}

internal sealed class WgPublicKeyConverter : KeyConverter
{
    public override object ConvertFrom(ITypeDescriptorContext? context, CultureInfo? culture, object value) => value switch
    {
        WgKey pair => pair.PublicKey,
        WgSecret => throw KeyText.Invalid("A secret key was given where a public key belongs. Get-WgPublicKey computes it."),
        string text => WgPublicKey.Parse(text.Trim()),
        _ when WgPublicKey.TryParse(value.ToString(), out WgPublicKey? deserialised) => deserialised,
        _ => throw KeyText.Invalid($"A public key cannot be made from {value.GetType().Name}: give base64 text."),
    };
}
