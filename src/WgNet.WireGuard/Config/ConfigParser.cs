using System.Buffers;

namespace WgNet.WireGuard;

/// <summary>
/// Reads a configuration in the grammar of wireguard-tools (config.c): what follows '#' is cut, all white space is removed, keys and
/// sections are read in any case, the last of repeated values counts. wg-quick's settings of [Interface] are read too; a hook keeps its
/// line as it is.
/// </summary>
/// <remarks>
/// All errors of a text are told at once, by line numbers and without its values: a line out of place may be a key. Fault "InvalidConfig".
/// </remarks>
internal sealed class ConfigParser
{
    private const int MostErrors = 20;
    private static readonly SearchValues<char> s_space = SearchValues.Create(" \t\r\n\v\f");
    private readonly List<(int Line, string What)> _errors = [];
    private readonly List<PeerSection> _peers = [];
    private readonly InterfaceSection _device = new();
    private Section _section;
    private int _line;

    private enum Section
    {
        None,
        Interface,
        Peer,
    }

    /// <param name="text">The whole text.</param>
    /// <param name="source">What an error calls it: a path, or "The configuration".</param>
    public static WgConfig Parse(ReadOnlySpan<char> text, string source)
    {
        char[] line = ArrayPool<char>.Shared.Rent(Math.Max(text.Length, 1));
        try
        {
            var parser = new ConfigParser();
            parser.Read(text.TrimStart('\ufeff'), line);
            return parser.Finish(source);
        }
        finally
        {
            // Its lines may have held keys.
            ArrayPool<char>.Shared.Return(line, clearArray: true);
        }
    }

    private void Read(ReadOnlySpan<char> text, Span<char> scratch)
    {
        foreach (Range range in text.Split('\n'))
        {
            _line++;
            ReadOnlySpan<char> raw = text[range];
            int comment = raw.IndexOf('#');
            int length = 0;
            foreach (char c in comment < 0 ? raw : raw[..comment])
            {
                if (!s_space.Contains(c))
                    scratch[length++] = c;
            }

            if (length > 0)
                Line(scratch[..length], raw);
        }
    }

    private void Line(ReadOnlySpan<char> line, ReadOnlySpan<char> raw)
    {
        if (line.Equals("[Interface]", StringComparison.OrdinalIgnoreCase))
        {
            _section = Section.Interface;
            return;
        }

        if (line.Equals("[Peer]", StringComparison.OrdinalIgnoreCase))
        {
            _section = Section.Peer;
            _peers.Add(new PeerSection(_line));
            return;
        }

        int sign = line.IndexOf('=');
        ReadOnlySpan<char> key = sign < 0 ? line : line[..sign];
        ReadOnlySpan<char> value = sign < 0 ? default : line[(sign + 1)..];
        if (_section == Section.None)
            Error("stands before any section: [Interface] or [Peer] comes first.");
        else if (Name(key) is not { } name)
            Error(_section == Section.Interface ? "is no setting of [Interface]." : "is no setting of [Peer].");
        else if (value.IsEmpty)
            Error($"{name} has no value.");
        else if ((_section == Section.Interface ? _device.Set(name, value, raw) : _peers[^1].Set(name, value)) is { } wrong)
            Error($"{name} {wrong}");
    }

    // Only a name of ours is ever shown: what stands before '=' may be half a key.
    private string? Name(ReadOnlySpan<char> key)
    {
        foreach (string name in _section == Section.Interface ? InterfaceSection.Names : PeerSection.Names)
        {
            if (key.Equals(name, StringComparison.OrdinalIgnoreCase))
                return name;
        }

        return null;
    }

    private void Error(string what) => _errors.Add((_line, what));

    private WgConfig Finish(string source)
    {
        foreach (PeerSection peer in _peers.Where(peer => !peer.HadPublicKey))
            _errors.Add((peer.Line, "this [Peer] has no PublicKey."));
        if (_errors.Count > 0)
        {
            IEnumerable<string> told = _errors.OrderBy(error => error.Line).Take(MostErrors).Select(error => $"line {error.Line}: {error.What}");
            string more = _errors.Count > MostErrors ? $" And {_errors.Count - MostErrors} more." : "";
            throw new FaultException("InvalidConfig", FaultKind.InvalidData, $"{source} has errors: {string.Join(" ", told)}{more}", source);
        }

        return _device.Build() with { Peers = [.. _peers.Select(peer => peer.Build())] };
    }
}
