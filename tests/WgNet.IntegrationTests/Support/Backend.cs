using System.Management.Automation;

namespace WgNet.IntegrationTests.Support;

/// <summary>
/// Which WireGuard the tests run on: the kernel's or wireguard-go. The same tests serve both; only how Debian's <c>wg</c> reaches a device differs.
/// </summary>
internal static class Backend
{
    /// <summary>The trait of tests that need the kernel's WireGuard.</summary>
    public const string Trait = "Needs";

    public const string Kernel = "Kernel";

    /// <summary>WGNET_TEST_BACKEND says it (Kernel, Userspace); without it, what this machine has.</summary>
    public static bool IsKernel { get; } =
        (Environment.GetEnvironmentVariable("WGNET_TEST_BACKEND") ?? (Directory.Exists("/sys/module/wireguard") ? Kernel : "Userspace")) == Kernel;

    public static void RequireKernel() => Assert.SkipUnless(IsKernel, "needs the kernel's WireGuard");

    /// <summary>Runs <c>wg VERB INTERFACE …</c> for a tunnel of ours, which must succeed.</summary>
    public static string Wg(PSObject tunnel, string verb, params string[] rest) => tunnel.Properties["UapiSocket"].Value is string socket
        ? Native.Succeed("wg", [verb, Path.GetFileNameWithoutExtension(socket), .. rest])
        : WgIn((string)tunnel.Properties["Namespace"].Value, verb, (string)tunnel.Properties["Name"].Value, rest);

    /// <summary>The same for a device of the kernel, which <c>wg</c> sees from within its namespace only.</summary>
    public static string WgIn(string ns, string verb, string name, params string[] rest) => Native.Succeed("ip", ["netns", "exec", ns, "wg", verb, name, .. rest]);
}
