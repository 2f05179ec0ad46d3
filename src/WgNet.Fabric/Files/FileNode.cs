namespace WgNet.Fabric;

/// <summary>What a fabric file holds, in whichever language it is written: psd1 and JSON become the same tree, and keep their lines.</summary>
/// <param name="Line">The line where it begins, from 1.</param>
internal abstract record FileNode(int Line);

/// <summary>A value: a string, bool, long, double, or null.</summary>
internal sealed record FileValue(object? Value, int Line) : FileNode(Line);

/// <summary>A list.</summary>
internal sealed record FileList(IReadOnlyList<FileNode> Items, int Line) : FileNode(Line);

/// <summary>Values by key.</summary>
internal sealed record FileMap(IReadOnlyList<FileEntry> Entries, int Line) : FileNode(Line);

/// <summary>A key and its value.</summary>
internal sealed record FileEntry(string Key, int Line, FileNode Value);

/// <summary>A place in a fabric file.</summary>
/// <param name="Path">What it is called: sites[1].gateways[0].endpoint; '' is the whole file.</param>
/// <param name="Line">Its line, from 1.</param>
internal sealed record FilePlace(string Path, int Line)
{
    public FilePlace Item(int index, FileNode node) => new($"{Path}[{index}]", node.Line);

    /// <summary>The place of a key: Endpoint is called endpoint, ASNumber asNumber.</summary>
    public FilePlace Key(string key, int line) => new(Path.Length == 0 ? Camel(key) : $"{Path}.{Camel(key)}", line);

    private static string Camel(string key)
    {
        int capitals = 0;
        while (capitals < key.Length && char.IsAsciiLetterUpper(key[capitals]))
            capitals++;
        int lowered = capitals > 1 && capitals < key.Length ? capitals - 1 : capitals;
        return key[..lowered].ToLowerInvariant() + key[lowered..];
    }
}
