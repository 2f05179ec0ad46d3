namespace WgNet.Bird;

/// <summary>Reads a line word by word; columns of BIRD's tables overflow, words stay words.</summary>
internal ref struct Words(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text.TrimStart();

    /// <summary>What is left, without blanks around it.</summary>
    public readonly ReadOnlySpan<char> Rest => _rest.TrimEnd();

    public readonly bool IsEmpty => _rest.IsEmpty;

    /// <summary>The next word without taking it; empty at the end.</summary>
    public readonly ReadOnlySpan<char> Peek()
    {
        int end = _rest.IndexOfAny(' ', '\t');
        return end < 0 ? _rest : _rest[..end];
    }

    public ReadOnlySpan<char> Next()
    {
        ReadOnlySpan<char> word = Peek();
        _rest = _rest[word.Length..].TrimStart();
        return word;
    }
}
