namespace WgNet.WireGuard;

/// <summary>Configurations in files.</summary>
internal static class ConfigFile
{
    private const int Limit = 64 * 1024 * 1024;

    /// <summary>Reads a file. Faults of <see cref="SecretFile.Read"/>, and "InvalidConfig".</summary>
    public static WgConfig Read(string path) =>
        SecretFile.Read(path, Limit, requirePrivate: false, text => ConfigParser.Parse(text, $"'{path}'"));

    /// <summary>Writes a file of mode 0600, whole or not at all. Faults of <see cref="SecretFile.Write"/>.</summary>
    public static void Write(string path, WgConfig config, bool overwrite) => SecretFile.Write(path, ConfigWriter.Write(config), overwrite);
}
