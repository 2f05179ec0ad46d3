using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>The steps that make the gateway's namespaces and the settings of the private one.</summary>
internal static class NamespaceSteps
{
    public static IEnumerable<FabricStep> Of(GatewayPlan plan, GatewayState state) =>
        state.MissingNamespaces.Select(name => Make(plan, name)).Concat(plan.Sysctls.Select(setting => Set(plan, state, setting.Key, setting.Value)).OfType<FabricStep>());

    private static FabricStep Make(GatewayPlan plan, string name) => FabricStep.For(
        new WgFabricDifference { Gateway = plan.Gateway.Name, Kind = WgFabricPart.Namespace, Name = name, Desired = NetNamespaceHandle.PathOf(name), Action = WgFabricAction.Add },
        $"make the namespace {name}",
        run =>
        {
            NetNamespaces.Create(name);
            run.Undo.Push($"the namespace '{name}'", () => NetNamespaces.Remove(name));
            using RouteSession session = RouteSession.Open(name);
            Links.Change(session, Links.Find(session, "lo"), new LinkChange { Up = true });
        });

    private static FabricStep? Set(GatewayPlan plan, GatewayState state, string name, string value)
    {
        // A kernel without IPv6 has no such setting, and needs none. In a namespace that is still to be made all are set.
        bool known = state.Sysctls.TryGetValue(name, out string? actual);
        if (known && (actual is null || actual == value))
            return null;
        string shown = SysctlText(name);
        return FabricStep.For(
            new WgFabricDifference
            {
                Gateway = plan.Gateway.Name,
                Kind = WgFabricPart.Sysctl,
                Name = shown,
                Property = "Value",
                Desired = value,
                Actual = actual,
                Action = WgFabricAction.Change,
            },
            $"set {shown} to {value}",
            run =>
            {
                Sysctls.Write(run.Private, name, value);
                if (actual is not null)
                    run.Undo.Push($"the setting {shown}", () => Sysctls.Write(run.Private, name, actual));
            });
    }

    private static string SysctlText(string path) => path.Replace('/', '.');
}
