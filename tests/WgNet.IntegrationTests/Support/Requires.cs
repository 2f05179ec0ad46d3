namespace WgNet.IntegrationTests.Support;

/// <summary>What a test cannot do without; where it is missing the test is skipped with the reason, never passed.</summary>
internal static class Requires
{
    public static void Root() => Assert.SkipUnless(Environment.IsPrivilegedProcess, "needs root");

    public static void Program(string name) => Assert.SkipUnless(
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, name))), $"needs {name}");
}
