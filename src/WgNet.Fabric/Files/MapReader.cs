using System.Globalization;

namespace WgNet.Fabric;

/// <summary>A value and where it stands.</summary>
internal readonly record struct Located<T>(T Value, FilePlace Place);

/// <summary>Reads one map of the file: values of the right kind by key, and a problem for every other.</summary>
internal sealed class MapReader
{
    private readonly FileReading _reading;
    private readonly Dictionary<string, FileEntry> _entries = new(StringComparer.OrdinalIgnoreCase);

    public MapReader(FileReading reading, FilePlace place, FileMap map, string[] known)
    {
        _reading = reading;
        Place = place;
        foreach (FileEntry entry in map.Entries)
        {
            if (reading.Refused.Contains(entry) || entry.Key.Equals(FileKeys.Schema, StringComparison.Ordinal))
                continue;
            FilePlace at = place.Key(FileProblems.Shown(entry.Key), entry.Line);
            if (!known.Contains(entry.Key, StringComparer.OrdinalIgnoreCase))
                Problems.Add(at, "FabricUnknownKey", $"There is no key '{FileProblems.Shown(entry.Key)}' here.{Meant(entry.Key, known)}");
            else if (!_entries.TryAdd(entry.Key, entry))
                Problems.Add(at, "FabricDuplicateKey", $"The key stands here twice, first on line {_entries[entry.Key].Line}. Remove one.");
        }
    }

    public FilePlace Place { get; }

    public FileProblems Problems => _reading.Problems;

    /// <summary>Where a key stands; the map itself where it does not.</summary>
    public FilePlace At(string key) => _entries.TryGetValue(key, out FileEntry? entry) ? Place.Key(key, entry.Line) : Place.Key(key, Place.Line);

    public bool Has(string key) => _entries.TryGetValue(key, out FileEntry? entry) && entry.Value is not FileValue { Value: null };

    public string? Text(string key)
    {
        if (!Has(key))
            return null;
        return _entries[key].Value is FileValue { Value: string text }
            ? text
            : Wrong<string>(key, "a text");
    }

    public long? Number(string key, long least, long most, string unit = "")
    {
        if (!Has(key))
            return null;
        if (_entries[key].Value is not FileValue { Value: long number })
            return WrongValue<long>(key, $"a whole number, {Range(least, most)}{unit}");
        if (number >= least && number <= most)
            return number;
        Problems.Add(At(key), "FabricInvalidValue", $"{number.ToString(CultureInfo.InvariantCulture)} is out of range: give {Range(least, most)}{unit}.");
        return null;
    }

    public bool? Flag(string key)
    {
        if (!Has(key))
            return null;
        return _entries[key].Value is FileValue { Value: bool flag } ? flag : WrongValue<bool>(key, "true or false ($true or $false in a psd1 file)");
    }

    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        if (Text(key) is not { } text)
            return null;
        string[] names = Enum.GetNames<T>();
        int index = Array.FindIndex(names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (index >= 0)
            return Enum.Parse<T>(names[index]);
        Problems.Add(At(key), "FabricInvalidValue", $"'{FileProblems.Shown(text)}' is none of {string.Join(", ", names)}.{NearestName.Question(text, names)}");
        return null;
    }

    /// <summary>The texts of a list; a text alone is a list of one.</summary>
    public Located<string>[] Texts(string key, string what)
    {
        var texts = new List<Located<string>>();
        foreach (Located<FileNode> item in Items(key))
        {
            if (item.Value is FileValue { Value: string text })
                texts.Add(new(text, item.Place));
            else
                Problems.Add(item.Place, "FabricInvalidValue", $"{Kind(item.Value)} stands here; it must be {what}.");
        }

        return [.. texts];
    }

    /// <summary>The maps of a list; a map alone is a list of one.</summary>
    public IEnumerable<MapReader> Maps(string key, string[] known, string what)
    {
        foreach (Located<FileNode> item in Items(key))
        {
            if (item.Value is FileMap map)
                yield return new MapReader(_reading, item.Place, map, known);
            else
                Problems.Add(item.Place, "FabricInvalidValue", $"{Kind(item.Value)} stands here; it must be {what}.");
        }
    }

    /// <summary>A map; null where there is none.</summary>
    public MapReader? Map(string key, string[] known)
    {
        if (!Has(key))
            return null;
        return _entries[key].Value is FileMap map
            ? new MapReader(_reading, At(key), map, known)
            : Wrong<MapReader>(key, $"a table of {string.Join(", ", known)}");
    }

    /// <summary>What stands under a key, as a list.</summary>
    public IEnumerable<Located<FileNode>> Items(string key)
    {
        if (!Has(key))
            return [];
        FileNode value = _entries[key].Value;
        return value is FileList list
            ? list.Items.Select((item, index) => new Located<FileNode>(item, At(key).Item(index, item)))
            : [new(value, At(key))];
    }

    /// <summary>Whether a value stands under a key without a list or a map around it.</summary>
    public bool IsText(string key) => Has(key) && _entries[key].Value is FileValue;

    /// <summary>Tells that a key is missing.</summary>
    public void Missing(string key, string what) => Problems.Add(Place, "FabricMissingKey", $"{key} is missing: {what}.");

    private T? Wrong<T>(string key, string what)
        where T : class
    {
        Problems.Add(At(key), "FabricInvalidValue", $"{Kind(_entries[key].Value)} stands here; it must be {what}.");
        return null;
    }

    private T? WrongValue<T>(string key, string what)
        where T : struct
    {
        Problems.Add(At(key), "FabricInvalidValue", $"{Kind(_entries[key].Value)} stands here; it must be {what}.");
        return null;
    }

    private static string Meant(string key, string[] known) =>
        NearestName.Question(key, known) is { Length: > 0 } question ? question : $" The keys here are {string.Join(", ", known)}.";

    private static string Range(long least, long most) => string.Create(CultureInfo.InvariantCulture, $"{least} to {most}");

    private static string Kind(FileNode node) => node switch
    {
        FileMap => "A table",
        FileList => "A list",
        FileValue { Value: null } => "Nothing",
        FileValue { Value: string text } => $"The text '{FileProblems.Shown(text)}'",
        FileValue { Value: bool flag } => $"The value {(flag ? "true" : "false")}",
        FileValue value => $"The number {Convert.ToString(value.Value, CultureInfo.InvariantCulture)}",
        _ => "Something else",
    };
}

/// <summary>What reading a file shares: its problems, and the entries that hold secrets.</summary>
internal sealed record FileReading(FileProblems Problems, IReadOnlySet<FileEntry> Refused);
