using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace WgNet.Help;

/// <summary>The compiler's file of doc comments, looked up by type and property. Keeps a list of what nobody wrote.</summary>
internal sealed partial class DocComments(XDocument file)
{
    private readonly Dictionary<string, XElement> _members = file.Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, StringComparer.Ordinal);

    public SortedSet<string> Missing { get; } = new(StringComparer.Ordinal);

    /// <summary>One line: what a cmdlet does, or what a parameter means.</summary>
    public string Summary(CmdletDescription cmdlet) => Text($"T:{cmdlet.Type.FullName}", "summary", $"{cmdlet.Name}: no summary");

    public string Summary(CmdletDescription cmdlet, PropertyInfo parameter) =>
        Text($"P:{parameter.DeclaringType!.FullName}.{parameter.Name}", "summary", $"{cmdlet.Name} -{parameter.Name}: no summary");

    /// <summary>The longer text, by paragraph; the summary again where there is none.</summary>
    public IReadOnlyList<string> Description(CmdletDescription cmdlet)
    {
        XElement? remarks = Member(cmdlet)?.Element("remarks");
        if (remarks is null)
            return [Summary(cmdlet)];
        string[] paragraphs = [.. remarks.Elements("para").Select(Plain)];
        return paragraphs.Length > 0 ? paragraphs : [Plain(remarks)];
    }

    /// <summary>Code and what it does.</summary>
    public IReadOnlyList<(string Code, string Remarks)> Examples(CmdletDescription cmdlet)
    {
        var examples = (Member(cmdlet)?.Elements("example") ?? [])
            .Select(example => (Code(example.Element("code")), string.Join(' ', example.Elements("para").Select(Plain))))
            .ToList();
        if (examples.Count == 0)
            Missing.Add($"{cmdlet.Name}: no example");
        return examples;
    }

    private XElement? Member(CmdletDescription cmdlet) => _members.GetValueOrDefault($"T:{cmdlet.Type.FullName}");

    private string Text(string member, string element, string missing)
    {
        if (_members.GetValueOrDefault(member)?.Element(element) is { } found && Plain(found) is { Length: > 0 } text)
            return text;
        Missing.Add(missing);
        return "";
    }

    // <see cref="T:WgNet.WgPeer"/> reads as WgPeer, <c>x</c> as x; white space folds as in XML prose.
    private static string Plain(XElement element)
    {
        var copy = new XElement(element);
        foreach (XElement reference in copy.Descendants("see").ToList())
            reference.ReplaceWith(new XText((reference.Attribute("cref") ?? reference.Attribute("langword"))?.Value.Split('.', ':')[^1] ?? ""));
        return Spaces().Replace(copy.Value, " ").Trim();
    }

    private static string Code(XElement? element)
    {
        if (element is null)
            return "";
        string[] lines = [.. element.Value.Split('\n').Select(line => line.TrimEnd()).SkipWhile(string.IsNullOrWhiteSpace)];
        int indent = lines.Where(line => line.Length > 0).Select(line => line.Length - line.TrimStart().Length).DefaultIfEmpty(0).Min();
        return string.Join('\n', lines.Select(line => line.Length >= indent ? line[indent..] : line)).TrimEnd();
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
