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
internal sealed class ConfigParser : IDisposable
{
    private const int MostErrors = 20;
    private static readonly SearchValues<char> s_space = SearchValues.Create(" \t\r\n\v\f");
    private readonly List<(int Line, string What)> _errors = [];
    private readonly List<WgConfigPeer> _peers = [];
    private readonly InterfaceSection _device = new();
    private readonly PeerSection _peer = new();
    private char[] _packed = [];
    private Section _section;
    private int _heading;
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
        using var parser = new ConfigParser();
        parser.Read(text.TrimStart('\ufeff'));
        return parser.Finish(source);
    }

    public void Dispose()
    {
        MakeRoom(0);
        _peer.Dispose();
    }

    private void Read(ReadOnlySpan<char> text)
    {
        while (!text.IsEmpty)
        {
            _line++;
            int end = text.IndexOf('\n');
            ReadOnlySpan<char> raw = end < 0 ? text : text[..end];
            text = end < 0 ? default : text[(end + 1)..];
            int comment = raw.IndexOf('#');
            ReadOnlySpan<char> line = Packed(comment < 0 ? raw : raw[..comment]);
            if (!line.IsEmpty)
                Line(line, raw);
        }
    }

    /// <summary>A line without its white space; good until the next.</summary>
    private ReadOnlySpan<char> Packed(ReadOnlySpan<char> line)
    {
        if (line.Length > _packed.Length)
            MakeRoom(line.Length);
        int length = 0;
        while (true)
        {
            int space = line.IndexOfAny(s_space);
            ReadOnlySpan<char> part = space < 0 ? line : line[..space];
            part.CopyTo(_packed.AsSpan(length));
            length += part.Length;
            if (space < 0)
                return _packed.AsSpan(0, length);
            line = line[(space + 1)..];
        }
    }

    // What is given back may have held keys.
    private void MakeRoom(int length)
    {
        if (_packed.Length > 0)
            ArrayPool<char>.Shared.Return(_packed, clearArray: true);
        _packed = length > 0 ? ArrayPool<char>.Shared.Rent(length) : [];
    }

    private void Line(ReadOnlySpan<char> line, ReadOnlySpan<char> raw)
    {
        if (line.Equals("[Interface]", StringComparison.OrdinalIgnoreCase))
        {
            EndPeer();
            _section = Section.Interface;
            return;
        }

        if (line.Equals("[Peer]", StringComparison.OrdinalIgnoreCase))
        {
            EndPeer();
            _section = Section.Peer;
            _heading = _line;
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
        else if ((_section == Section.Interface ? _device.Set(name, value, raw) : _peer.Set(name, value)) is { } wrong)
            Error($"{name} {wrong}");
    }

    private void EndPeer()
    {
        if (_section != Section.Peer)
            return;
        if (_peer.End() is { } peer)
            _peers.Add(peer);
        else
            _errors.Add((_heading, "this [Peer] has no PublicKey."));
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
        EndPeer();
        if (_errors.Count > 0)
        {
            IEnumerable<string> told = _errors.OrderBy(error => error.Line).Take(MostErrors).Select(error => $"line {error.Line}: {error.What}");
            string more = _errors.Count > MostErrors ? $" And {_errors.Count - MostErrors} more." : "";
            throw new FaultException("InvalidConfig", FaultKind.InvalidData, $"{source} has errors: {string.Join(" ", told)}{more}", source);
        }

        return _device.Build() with { Peers = [.. _peers] };
    }
}
