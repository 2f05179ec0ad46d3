namespace WgNet.UnitTests;

/// <summary>Recorded bytes and texts of the real parts.</summary>
internal static class Fixture
{
    private static readonly string s_root = Path.Combine(AppContext.BaseDirectory, "Fixtures");

    public static string PathOf(string name) => Path.Combine(s_root, name);

    public static byte[] Bytes(string name) => File.ReadAllBytes(PathOf(name));

    public static string Text(string name) => File.ReadAllText(PathOf(name));

    public static string[] Names(string folder, string pattern) =>
        [.. Directory.EnumerateFiles(PathOf(folder), pattern).Select(path => Path.GetFileName(path)!).Order(StringComparer.Ordinal)];
}
