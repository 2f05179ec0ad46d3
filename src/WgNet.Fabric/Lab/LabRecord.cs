using System.Text.Json;
using System.Text.Json.Serialization;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>
/// What a lab is, as its folder keeps it: written before anything is made, so that whatever a start that was killed has made is known.
/// </summary>
internal sealed record LabRecord
{
    private const string File = "lab.json";

    private static readonly JsonSerializerOptions s_options = new()
    {
        WriteIndented = true,
        IgnoreReadOnlyProperties = true,
        Converters = { new KeyConverter() },
    };

    public required string Name { get; init; }

    public required DateTimeOffset Started { get; init; }

    /// <summary>Everything is there; false while it is being made, and for ever when that was killed.</summary>
    public bool Complete { get; init; }

    public WgBackend Backend { get; init; }

    /// <summary>BIRD's program.</summary>
    public required string Bird { get; init; }

    /// <summary>The gateways have the article's keys.</summary>
    public bool ArticleKeys { get; init; }

    /// <summary>What the machine's limit of inotify instances was before the lab, and what the lab made it; null: it was left alone.</summary>
    public int[]? InotifyLimits { get; init; }

    /// <summary>The namespaces that the lab made or was about to make.</summary>
    public required string[] Namespaces { get; init; }

    /// <summary>The networks inside the sites.</summary>
    public required IReadOnlyDictionary<string, string[]> SiteNetworks { get; init; }

    /// <summary>The fabric, with the lab's own public keys and endpoints.</summary>
    public required WgFabric Fabric { get; init; }

    /// <summary>The record of a lab; null where there is none of that name. Fault "LabRecordUnreadable".</summary>
    public static LabRecord? Read(string lab)
    {
        string path = $"{LabPaths.Folder(lab)}/{File}";
        try
        {
            return JsonSerializer.Deserialize<LabRecord>(System.IO.File.ReadAllBytes(path), s_options);
        }
        catch (Exception caught) when (caught is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
        catch (Exception caught) when (caught is JsonException or IOException or NotSupportedException or FaultException)
        {
            throw new FaultException("LabRecordUnreadable", FaultKind.InvalidData,
                $"'{path}' is not a lab's record: {caught.Message} Remove the namespaces of the lab '{lab}' and its folder by hand.", path, caught);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied(caught);
        }
    }

    /// <summary>The names of all labs of this machine. Fault "LabPermissionDenied".</summary>
    public static string[] Names()
    {
        try
        {
            return Directory.Exists(LabPaths.Root)
                ? [.. Directory.GetDirectories(LabPaths.Root).Where(folder => System.IO.File.Exists($"{folder}/{File}")).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)]
                : [];
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied(caught);
        }
    }

    /// <summary>Writes the record, whole or not at all.</summary>
    public void Write()
    {
        string folder = LabPaths.Folder(Name);
        MakeFolder(folder);
        string fresh = $"{folder}/.{File}";
        System.IO.File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, s_options));
        System.IO.File.Move(fresh, $"{folder}/{File}", overwrite: true);
    }

    /// <summary>Makes a folder of the lab's, which only its owner may look into. Fault "LabPermissionDenied".</summary>
    public static void MakeFolder(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
        catch (UnauthorizedAccessException caught)
        {
            throw Denied(caught);
        }
    }

    /// <summary>The fault that says who may have labs.</summary>
    public static FaultException Denied(Exception inner) =>
        new("LabPermissionDenied", FaultKind.PermissionDenied, $"Labs are root's: {LabPaths.Root} may be used by nobody else. {Capabilities.Advice(Capability.CAP_DAC_OVERRIDE)} "
            + "A user without rights can have labs in a user namespace with a /run of its own: "
            + "unshare -Urnm sh -c 'mount -t tmpfs tmpfs /run && exec pwsh' (about_WgNet_Rights).", LabPaths.Root, inner);

    private sealed class KeyConverter : JsonConverter<WgPublicKey>
    {
        public override WgPublicKey Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => WgPublicKey.Parse(reader.GetString() ?? "");

        public override void Write(Utf8JsonWriter writer, WgPublicKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
