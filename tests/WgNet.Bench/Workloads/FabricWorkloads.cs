using System.Globalization;
using System.Text;

namespace WgNet.Bench;

/// <summary>Planning a full mesh of sites with two gateways each, as it grows. No other tool plans such a thing, so there is no peer.</summary>
internal static class FabricWorkloads
{
    public static void Run(Stage stage, Runner runner)
    {
        const string Group = "Fabric";
        foreach (int sites in stage.Quick ? (int[])[3, 10] : [3, 30, 100, 500])
        {
            string path = Path.Combine(stage.Folder, $"fabric{sites}.json");
            File.WriteAllText(path, Fabric(sites));
            long ends = 4L * sites * (sites - 1);
            string name = $"{sites} sites, {RouteWorld.Count((int)ends)} tunnel ends";
            runner.Run(Group, new Workload(
                $"plan of {name}",
                ends,
                stage.Engine.Side("Get-WgFabricPlan", $"Get-WgFabricPlan {path} | & {{ process {{ }} }}")) { Rounds = 3 });
            runner.Run(Group, new Figure($"one gateway's plan of {name}", "ms", () => stage.Engine.Number(
                $"$start = [Diagnostics.Stopwatch]::StartNew(); $null = Get-WgFabricPlan {path} -Gateway V2-1; $start.Elapsed.TotalMilliseconds"), 1000));
        }
    }

    private static string Fabric(int sites)
    {
        var text = new StringBuilder("{ \"Name\": \"mesh\", \"TunnelPools\": [\"2001:db8:ff::/64\", \"10.64.0.0/10\"], \"Sites\": [");
        for (int site = 1; site <= sites; site++)
        {
            text.Append(CultureInfo.InvariantCulture, $$"""
                {{(site > 1 ? "," : "")}}{ "Name": "site{{site}}", "ASNumber": {{65000 + site}}, "Prefixes": ["2001:db8:{{0xa000 + site:x}}::/64"],
                  "Gateways": [{ "Name": "V{{site}}-1", "Endpoint": "2001:db8:{{site:x}}::1" }, { "Name": "V{{site}}-2", "Endpoint": "2001:db8:{{site:x}}::2" }] }
                """);
        }

        return text.Append("] }").ToString();
    }
}
