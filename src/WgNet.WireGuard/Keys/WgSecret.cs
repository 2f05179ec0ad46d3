using System.Security.Cryptography;
using WgNet.WireGuard;

namespace WgNet;

/// <summary>
/// A key that must not be seen: as text, in a table, in JSON and over remoting it is "(hidden)". <see cref="Reveal"/> gives the base64.
/// </summary>
/// <remarks>
/// The bytes lie in memory that the garbage collector neither moves nor copies, and are zeroed on disposal. One that was made from a value
/// that is no key carries the fault "InvalidKey" and throws it on first use: PowerShell's parameter binder would otherwise repeat the
/// rejected value in its own error.
/// </remarks>
public abstract class WgSecret : IDisposable
{
    private readonly byte[] _bytes;
    private readonly FaultException? _fault;
    private bool _disposed;

    private protected WgSecret(ReadOnlySpan<byte> bytes)
    {
        _bytes = GC.AllocateUninitializedArray<byte>(KeyText.Size, pinned: true);
        bytes.CopyTo(_bytes);
    }

    private protected WgSecret(FaultException fault)
    {
        _bytes = [];
        _fault = fault;
    }

    ~WgSecret() => Dispose(false);

    /// <summary>"(hidden)": what JSON and serialised objects show.</summary>
    public string Text { get; } = KeyText.Hidden;

    /// <summary>The key itself, as base64.</summary>
    public string Reveal() => KeyText.Encode(Bytes);

    public sealed override string ToString() => KeyText.Hidden;

    /// <summary>The key's 32 bytes; not to be kept or copied where nothing clears them.</summary>
    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            EnsureValid();
            return _bytes;
        }
    }

    /// <summary>Whether all bits are zero: how WireGuard says "none".</summary>
    internal bool IsZero => Bytes.IndexOfAnyExcept((byte)0) < 0;

    /// <summary>Throws "InvalidKey" for one made from what is no key.</summary>
    internal void EnsureValid()
    {
        // A new exception each time: one object thrown twice would gather both stack traces.
        if (_fault is not null)
            throw new FaultException(_fault.Id, _fault.Kind, _fault.Message, _fault.Target);
        ObjectDisposedException.ThrowIf(_disposed, this);
    }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    /// <summary>Zeroes the key.</summary>
    protected virtual void Dispose(bool disposing)
    {
        _disposed = true;
        if (_bytes is not null)
            CryptographicOperations.ZeroMemory(_bytes);
    }
}
