using System.Text;
using System.Text.Json;

namespace WgNet.Fabric;

/// <summary>Reads JSON, comments and trailing commas allowed, into the tree that keeps its lines.</summary>
internal ref struct JsonTree
{
    private readonly ReadOnlySpan<byte> _text;
    private Utf8JsonReader _reader;
    private int _counted;
    private int _line = 1;

    private JsonTree(ReadOnlySpan<byte> text)
    {
        _text = text;
        _reader = new Utf8JsonReader(text, new JsonReaderOptions { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true });
    }

    /// <summary>Reads a text.</summary>
    /// <param name="text">The JSON.</param>
    /// <param name="file">What it stands in, for the fault.</param>
    /// <exception cref="FabricFileException">"FabricSyntax": it is not JSON.</exception>
    public static FileNode Read(string text, string? file)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        var tree = new JsonTree(bytes);
        try
        {
            tree._reader.Read();
            FileNode root = tree.Node();
            tree._reader.Read();
            return root;
        }
        catch (JsonException caught)
        {
            // The reader's own message may repeat what stands there.
            throw new FabricFileException("FabricSyntax",
                $"This is not JSON: something is wrong at column {caught.BytePositionInLine + 1}. Look for a missing comma, quote or bracket there or just before.",
                file, "", (int)(caught.LineNumber ?? 0) + 1);
        }
        catch (InvalidOperationException)
        {
            throw new FabricFileException("FabricSyntax", "A text holds half of a character (\\ud800 to \\udfff without its other half).", file, "", tree.Line());
        }
    }

    private FileNode Node()
    {
        int line = Line();
        switch (_reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var entries = new List<FileEntry>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndObject)
                {
                    int at = Line();
                    string key = _reader.GetString()!;
                    _reader.Read();
                    entries.Add(new FileEntry(key, at, Node()));
                }

                return new FileMap(entries, line);
            case JsonTokenType.StartArray:
                var items = new List<FileNode>();
                while (_reader.Read() && _reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Node());
                return new FileList(items, line);
            case JsonTokenType.String:
                return new FileValue(_reader.GetString(), line);
            case JsonTokenType.Number:
                return new FileValue(_reader.TryGetInt64(out long whole) ? (object)whole : _reader.GetDouble(), line);
            case JsonTokenType.True or JsonTokenType.False:
                return new FileValue(_reader.GetBoolean(), line);
            default:
                return new FileValue(null, line);
        }
    }

    private int Line()
    {
        int start = (int)_reader.TokenStartIndex;
        _line += _text[_counted..start].Count((byte)'\n');
        _counted = start;
        return _line;
    }
}
