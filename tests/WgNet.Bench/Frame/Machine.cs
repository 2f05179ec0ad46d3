using System.Runtime.InteropServices;

namespace WgNet.Bench;

/// <summary>What a result was measured on: figures from two machines do not compare.</summary>
internal static class Machine
{
    public static string Describe()
    {
        string processor = File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown processor";
        string memory = File.ReadLines("/proc/meminfo").First().Split(':')[1].Trim();
        return $"{processor}, {Environment.ProcessorCount} processors, {memory}, Linux {File.ReadAllText("/proc/sys/kernel/osrelease").Trim()} {RuntimeInformation.OSArchitecture}.";
    }

    public static Dictionary<string, string> Versions(EngineHost host) => new()
    {
        [".NET"] = Environment.Version.ToString(),
        ["iproute2"] = Ask("ip", "-V").Replace("ip utility, ", "", StringComparison.Ordinal),
        ["wireguard-tools"] = Ask("wg", "--version").Split(' ')[1],
        ["BIRD"] = Ask("dpkg-query", "-W", "-f=${Version}", "bird2"),
        ["pyroute2"] = Ask("dpkg-query", "-W", "-f=${Version}", "python3-pyroute2"),
        ["engine"] = host.Name,
    };

    private static string Ask(string program, params string[] arguments)
    {
        try
        {
            return Programs.Run(default, program, arguments);
        }
        catch (Exception caught) when (caught is BenchException or System.ComponentModel.Win32Exception)
        {
            return "- -";
        }
    }
}
