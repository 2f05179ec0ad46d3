namespace WgNet.Bird;

/// <summary>
/// Gathers the indented lines of <c>show protocols all</c>: the protocol's own, then those of each channel. Headings
/// (lines without a value) collect what is indented below them.
/// </summary>
internal sealed class ProtocolDetails
{
    private readonly List<ChannelDetails> _channels = [];
    private readonly Dictionary<string, List<string>> _lists = new(StringComparer.Ordinal);
    private string? _heading;
    private int _headingIndentation;
    private int _itemIndentation;
    private string _parent = "";
    private int _parentIndentation;

    /// <summary>The protocol's own details.</summary>
    public DetailTable Own { get; } = new();

    public BirdChannel[] Channels() => [.. _channels.Select(channel => channel.ToChannel())];

    public string[] Under(string heading) => _lists.TryGetValue(heading, out List<string>? items) ? [.. items] : [];

    public void Add(string text)
    {
        if (string.IsNullOrWhiteSpace(text))
            return;
        int indentation = Detail.Indentation(text);
        string trimmed = text.Trim();
        if (indentation <= 2 && trimmed.StartsWith("Channel ", StringComparison.Ordinal))
        {
            _channels.Add(new ChannelDetails(trimmed["Channel ".Length..].Trim()));
            Forget();
            return;
        }

        // Once a channel has begun all lines are its own; a pipe writes some of them less indented (proto/pipe/pipe.c).
        ChannelDetails? channel = _channels.Count > 0 ? _channels[^1] : null;
        if (channel?.TryStatistics(trimmed) == true)
            return;
        DetailTable table = channel?.Details ?? Own;
        if (_heading is not null && indentation > _headingIndentation)
            AddBelowHeading(table, trimmed, indentation);
        else if (Detail.TrySplit(trimmed, out string name, out string value))
            AddValue(table, name, value, indentation);
        else
            StartHeading(table, trimmed, indentation);
    }

    private void Forget() => (_heading, _parent, _parentIndentation) = (null, "", 0);

    private void StartHeading(DetailTable table, string text, int indentation)
    {
        (_heading, _headingIndentation, _itemIndentation) = (text, indentation, 0);
        table.Add(text, "");
    }

    private void AddValue(DetailTable table, string name, string value, int indentation)
    {
        _heading = null;

        // "Action: block" below "Import limit: 100" is that limit's action.
        if (indentation > 4 && _parentIndentation == 4)
        {
            table.Add($"{_parent} {name.ToLowerInvariant()}", value);
            return;
        }

        table.Add(name, value);
        (_parent, _parentIndentation) = (name, indentation);
    }

    private void AddBelowHeading(DetailTable table, string text, int indentation)
    {
        table.Add(_heading!, text);
        if (!_lists.TryGetValue(_heading!, out List<string>? items))
            _lists[_heading!] = items = [];
        if (items.Count > 0 && indentation > _itemIndentation)
        {
            items[^1] = $"{items[^1]} ({text})";
            return;
        }

        items.Add(text);
        _itemIndentation = indentation;
    }
}
