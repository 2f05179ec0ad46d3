namespace WgNet.Bird;

/// <summary>Reads a line of bytes word by word, without making texts of them.</summary>
internal ref struct ByteWords(ReadOnlySpan<byte> text)
{
    private ReadOnlySpan<byte> _rest = text.TrimStart(Blanks);

    private static ReadOnlySpan<byte> Blanks => " \t"u8;

    public readonly bool IsEmpty => _rest.IsEmpty;

    public readonly ReadOnlySpan<byte> Rest => _rest.TrimEnd(Blanks);

    /// <summary>The next word; empty at the end.</summary>
    public ReadOnlySpan<byte> Next()
    {
        int end = _rest.IndexOfAny((byte)' ', (byte)'\t');
        ReadOnlySpan<byte> word = end < 0 ? _rest : _rest[..end];
        _rest = _rest[word.Length..].TrimStart(Blanks);
        return word;
    }
}
