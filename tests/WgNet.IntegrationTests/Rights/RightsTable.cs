using System.Text.RegularExpressions;
using WgNet.IntegrationTests.Support;

namespace WgNet.IntegrationTests.Rights;

/// <summary>What the help topic about_WgNet_Rights promises: the tests read it, so that it cannot say what is not so.</summary>
internal static partial class RightsTable
{
    public static string Text { get; } = File.ReadAllText(Path.Combine(BuiltModule.Folder, "en-US", "about_WgNet_Rights.help.txt"));

    /// <summary>What each cmdlet needs, as the table has it, in the table's order.</summary>
    public static IReadOnlyList<(string Cmdlet, string Needs)> Needs { get; } =
        [.. Row().Matches(Section("WHAT EACH CMDLET NEEDS")).Select(row => (row.Groups[1].Value, row.Groups[2].Value))];

    /// <summary>The capabilities of a table's entry; none for a word such as "nothing".</summary>
    public static string[] Capabilities(string needs) => [.. needs.Split(' ').Where(word => word.StartsWith("CAP_", StringComparison.Ordinal))];

    /// <summary>A section of the topic, without its heading.</summary>
    public static string Section(string heading) => Regex.Match(Text, $@"^{Regex.Escape(heading)}\n(.*?)(?=^\S|\z)", RegexOptions.Multiline | RegexOptions.Singleline).Groups[1].Value;

    /// <summary>What a line of the table of attempts says: "name: outcome"; null where it is none.</summary>
    public static string? Attempt(string line) => AttemptRow().Match(line) is { Success: true } row ? $"{row.Groups[1].Value}: {row.Groups[2].Value}" : null;

    [GeneratedRegex(@"^    (\S(?:.*?\S)?) {2,}(\w+)$")]
    private static partial Regex AttemptRow();

    [GeneratedRegex(@"^    ([A-Z][A-Za-z]+-[A-Z][A-Za-z]+) {2,}(.+)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
