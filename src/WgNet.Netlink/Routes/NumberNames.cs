using System.Globalization;

namespace WgNet.Netlink;

/// <summary>
/// Names that people use for a number of the kernel's: a built-in list, and what iproute2's files of this machine add
/// ("NUMBER NAME" a line, # for comments), so that both speak of the same table by the same name.
/// </summary>
internal sealed class NumberNames
{
    /// <summary>Where iproute2 keeps its files, by its age; the administrator's own come last.</summary>
    public static readonly string[] Folders = ["/usr/share/iproute2", "/usr/lib/iproute2", "/etc/iproute2"];

    private readonly Dictionary<uint, string> _names;
    private readonly Dictionary<string, uint> _numbers = new(StringComparer.OrdinalIgnoreCase);

    /// <param name="builtIn">Names that are known without any file; a file does not change them.</param>
    /// <param name="file">The file's name in the folders; NAME.d/*.conf is read too.</param>
    /// <param name="folders">Where to look.</param>
    public NumberNames(IReadOnlyDictionary<uint, string> builtIn, string file, IEnumerable<string> folders)
    {
        _names = new Dictionary<uint, string>(builtIn);
        foreach (string path in folders.SelectMany(folder => Files(folder, file)))
            Read(path);
        foreach ((uint number, string name) in _names)
            _numbers.TryAdd(name, number);
    }

    /// <summary>All names, for completion.</summary>
    public IEnumerable<string> All => _names.Values;

    /// <summary>The name, or the number in decimal digits.</summary>
    public string Of(uint number) => _names.TryGetValue(number, out string? name) ? name : number.ToString(CultureInfo.InvariantCulture);

    /// <summary>The number of a name or of digits; null for neither.</summary>
    public uint? Parse(string text) =>
        uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint number) || _numbers.TryGetValue(text, out number) ? number : null;

    private static IEnumerable<string> Files(string folder, string file)
    {
        string main = Path.Combine(folder, file);
        if (File.Exists(main))
            yield return main;
        string more = main + ".d";
        if (!Directory.Exists(more))
            yield break;
        foreach (string path in Directory.EnumerateFiles(more, "*.conf").Order(StringComparer.Ordinal))
            yield return path;
    }

    private void Read(string path)
    {
        string[] lines;
        try
        {
            lines = File.ReadAllLines(path);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            // Names are a convenience: without the file, numbers are shown.
            return;
        }

        foreach (string line in lines)
        {
            string[] words = line.Split('#')[0].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
            if (words.Length == 2 && Number(words[0]) is uint number)
                _names.TryAdd(number, words[1]);
        }
    }

    private static uint? Number(string text)
    {
        bool hexadecimal = text.StartsWith("0x", StringComparison.OrdinalIgnoreCase);
        return uint.TryParse(hexadecimal ? text.AsSpan(2) : text, hexadecimal ? NumberStyles.AllowHexSpecifier : NumberStyles.None, CultureInfo.InvariantCulture, out uint number)
            ? number
            : null;
    }
}
