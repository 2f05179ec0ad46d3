using System.Text.RegularExpressions;

namespace WgNet.Fabric;

/// <summary>Gathers everything that is wrong with a file, so that all of it is told at once.</summary>
internal sealed partial class FileProblems(string? file)
{
    private readonly List<FabricFileException> _all = [];

    public bool Any => _all.Count > 0;

    /// <summary>The problems by line.</summary>
    public IReadOnlyList<FabricFileException> InOrder => [.. _all.OrderBy(one => one.Line)];

    /// <summary>Adds one: what is wrong and what to do, as a sentence.</summary>
    public void Add(FilePlace place, string id, string message) => _all.Add(new FabricFileException(id, message, file, place.Path, place.Line));

    /// <summary>A text of the file as a message may repeat it: short, on one line, and without what could be a key.</summary>
    public static string Shown(string text)
    {
        string shown = KeyLike().Replace(text.Length > 200 ? text[..200] : text, KeyTextShown);
        shown = string.Concat(shown.Select(c => char.IsControl(c) ? '?' : c));
        return shown.Length > 60 ? shown[..60] + "…" : shown;
    }

    /// <summary>Whether a text holds what looks like a WireGuard key: base64 or hexadecimal of 32 bytes.</summary>
    public static bool HoldsKey(string text) => Key().IsMatch(text);

    private const string KeyTextShown = "(hidden)";

    [GeneratedRegex("(?<![A-Za-z0-9+/])(?:[A-Za-z0-9+/]{43}=|[0-9a-fA-F]{64})(?![A-Za-z0-9+/=])")]
    private static partial Regex Key();

    // A mistyped key, or a part of one, must not be repeated either.
    [GeneratedRegex("[A-Za-z0-9+/]{30,}=*")]
    private static partial Regex KeyLike();
}
