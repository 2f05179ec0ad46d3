namespace WgNet.WireGuard;

/// <summary>
/// Keys as text: base64 exactly as wg(8) reads it, 44 characters, '=' last, the two spare bits zero. The faults ("InvalidKey") say
/// which rule was broken and never repeat the text.
/// </summary>
internal static class KeyText
{
    /// <summary>Bytes of a Curve25519 key, or of a preshared one.</summary>
    public const int Size = 32;

    /// <summary>Characters of its text.</summary>
    public const int Length = 44;

    /// <summary>What a secret shows instead of itself.</summary>
    public const string Hidden = "(hidden)";

    /// <summary>Decodes a key; null on success, else the sentence that says what is wrong, to follow the key's name.</summary>
    public static string? TryDecode(ReadOnlySpan<char> text, Span<byte> bytes)
    {
        if (text.Length != Length)
            return $"has {text.Length} characters; base64 of 32 bytes has {Length}.";
        int wrong = text[..^1].IndexOfAnyExcept(s_alphabet);
        if (wrong >= 0)
            return $"has a character at position {wrong + 1} that is not of the base64 alphabet (A-Z, a-z, 0-9, + and /).";
        if (text[^1] != '=')
            return $"does not end in '=', as base64 of 32 bytes does.";
        if (!"AEIMQUYcgkosw048".Contains(text[^2]))
            return $"has spare bits that are not zero: its character {Length - 1} can only be one of AEIMQUYcgkosw048. A character is mistyped.";
        return Convert.TryFromBase64Chars(text, bytes, out int count) && count == Size ? null : "is not base64.";
    }

    /// <summary>Decodes a key or throws the fault "InvalidKey".</summary>
    /// <param name="text">The base64.</param>
    /// <param name="bytes">Receives 32 bytes.</param>
    /// <param name="what">What the fault calls it: "public key".</param>
    public static void Decode(ReadOnlySpan<char> text, Span<byte> bytes, string what)
    {
        if (TryDecode(text, bytes) is { } wrong)
            throw Invalid($"The {what} {wrong}");
    }

    public static string Encode(ReadOnlySpan<byte> bytes) => Convert.ToBase64String(bytes);

    public static FaultException Invalid(string message) => new("InvalidKey", FaultKind.InvalidArgument, message);

    private static readonly System.Buffers.SearchValues<char> s_alphabet =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/");
}
