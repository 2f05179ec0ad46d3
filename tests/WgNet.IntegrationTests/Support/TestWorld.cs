using System.Collections.Concurrent;
using System.Security.Cryptography;

[assembly: AssemblyFixture(typeof(WgNet.IntegrationTests.Support.LeftWorlds))]

namespace WgNet.IntegrationTests.Support;

/// <summary>
/// A test's own namespaces under names that nobody else has, and its own folder. Disposing removes them and ends the userspace tunnels in
/// them, also after a failure.
/// </summary>
internal sealed class TestWorld : IDisposable
{
    private readonly string _id = RandomNumberGenerator.GetHexString(6, lowercase: true);
    private readonly List<string> _namespaces = [];

    public TestWorld()
    {
        Requires.Root();
        Folder = Directory.CreateTempSubdirectory("wgt-").FullName;
        LeftWorlds.Add(this);
    }

    /// <summary>An empty folder of this test.</summary>
    public string Folder { get; }

    /// <summary>Writes a file of this test that only its owner may read, as one with keys must be; answers with its path.</summary>
    public string PrivateFile(string name, string text = "")
    {
        string path = Path.Combine(Folder, name);
        File.WriteAllText(path, text);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return path;
    }

    /// <summary>Makes a namespace with its loopback up.</summary>
    public string Namespace(string hint)
    {
        string name = Name(hint);
        Native.Ip($"netns add {name}");
        _namespaces.Add(name);
        Native.Ip($"-n {name} link set lo up");
        return name;
    }

    /// <summary>A name that is free, of a namespace that the test makes itself; removed at the end if it is there.</summary>
    public string Name(string hint)
    {
        string name = $"wgt-{_id}-{hint}";
        _namespaces.Add(name);
        return name;
    }

    /// <summary>Joins two namespaces with a cable: <paramref name="a"/> gets 10.0.0.1/24 and fd00::1/64, <paramref name="b"/> the second addresses.</summary>
    public static void Cable(string a, string b, string name = "eth0")
    {
        Native.Ip($"link add {name} netns {a} type veth peer name {name} netns {b}");
        foreach ((string ns, int host) in new[] { (a, 1), (b, 2) })
        {
            Native.Ip($"-n {ns} addr add 10.0.0.{host}/24 dev {name}");
            Native.Ip($"-n {ns} addr add fd00::{host}/64 dev {name} nodad");
            Native.Ip($"-n {ns} link set {name} up");
        }
    }

    public void Dispose()
    {
        LeftWorlds.Remove(this);
        foreach (string name in _namespaces.Distinct(StringComparer.Ordinal).Where(name => File.Exists($"/run/netns/{name}")))
        {
            EndProcesses(name);
            Native.Run("ip", "netns", "del", name);
        }

        Directory.Delete(Folder, recursive: true);
    }

    // What runs inside one of the test's namespaces is its own. Asked first: a userspace tunnel that is killed leaves its socket file.
    private static void EndProcesses(string ns)
    {
        string[] Pids() => [.. Native.Run("ip", "netns", "pids", ns).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Where(pid => pid != $"{Environment.ProcessId}")];
        foreach (string signal in new[] { "-TERM", "-KILL" })
        {
            if (Pids() is not { Length: > 0 } running)
                return;
            Native.Run("kill", [signal, .. running]);
            for (int attempt = 0; attempt < 50 && Pids().Length > 0; attempt++)
                Thread.Sleep(20);
        }
    }
}

/// <summary>Removes at the end the worlds of tests whose constructor failed: nobody disposes those.</summary>
public sealed class LeftWorlds : IDisposable
{
    private static readonly ConcurrentDictionary<TestWorld, bool> s_worlds = new();

    public void Dispose()
    {
        foreach (TestWorld world in s_worlds.Keys)
            world.Dispose();
    }

    internal static void Add(TestWorld world) => s_worlds[world] = true;

    internal static void Remove(TestWorld world) => s_worlds.TryRemove(world, out _);
}
