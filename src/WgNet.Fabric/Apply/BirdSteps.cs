using System.Diagnostics;
using WgNet.Bird;
using WgNet.Netlink;

namespace WgNet.Fabric;

/// <summary>The steps that make the private namespace's BIRD as the plan says: unit, configuration file, daemon, protocols.</summary>
internal static class BirdSteps
{
    private static readonly TimeSpan s_settleLimit = TimeSpan.FromSeconds(60);

    public static IEnumerable<FabricStep> Of(GatewayPlan plan, GatewayState state)
    {
        BirdState bird = state.Bird;
        if (bird.Supervisor.Unit is { } unit && unit.Text != bird.Unit)
            yield return WriteUnit(plan, bird, unit);
        string desired = BirdConfigurationFile.RevisionOf(plan.Bird);
        if (bird.Configuration != BirdConfigurationFile.TextOf(plan.Bird))
            yield return WriteConfiguration(plan, bird, desired);
        if (bird.ProcessId is null)
        {
            yield return Start(plan, state);
            yield break;
        }

        if (bird.IsDeaf || IsElsewhere(plan, state))
        {
            yield return Restart(plan, bird);
            yield break;
        }

        if (bird.Revision != desired)
        {
            yield return Load(plan, bird, desired);
            yield break;
        }

        foreach (BirdProtocol protocol in DisabledOnes(plan, bird))
            yield return Enable(plan, protocol);
    }

    /// <summary>The protocols of the plan that have names.</summary>
    private static IEnumerable<string> Planned(GatewayPlan plan) => plan.Bird.Protocols.Select(protocol => protocol.Name).OfType<string>();

    // A session that cannot be had waits in "start"; only what was disabled is "down".
    private static bool IsDisabled(BirdProtocol protocol) => protocol.State == "down";

    private static IEnumerable<BirdProtocol> DisabledOnes(GatewayPlan plan, BirdState bird) =>
        Planned(plan).Select(name => bird.Protocols.GetValueOrDefault(name)).OfType<BirdProtocol>().Where(IsDisabled);

    private static bool IsElsewhere(GatewayPlan plan, GatewayState state)
    {
        if (state.MissingNamespaces.Contains(plan.Place.PrivateNamespace, StringComparer.Ordinal))
            return true;
        using NetNamespaceHandle ns = NetNamespaceHandle.Open(plan.Place.PrivateNamespace);
        return state.Bird.Location != ns.Identity;
    }

    private static FabricStep WriteUnit(GatewayPlan plan, BirdState bird, BirdUnitFile unit) => FabricStep.For(
        new WgFabricDifference
        {
            Gateway = plan.Gateway.Name,
            Kind = WgFabricPart.BirdDaemon,
            Name = unit.Name,
            Property = "Unit",
            Desired = unit.FilePath,
            Actual = bird.Unit is null ? null : "another text",
            Action = bird.Unit is null ? WgFabricAction.Add : WgFabricAction.Change,
        },
        $"write the unit {unit.FilePath}",
        run =>
        {
            unit.Write(unit.Text);
            run.Undo.Push($"the unit '{unit.FilePath}'", () =>
            {
                unit.Write(bird.Unit);
                ServiceBird.Reload();
            });
            ServiceBird.Reload();
        });

    private static FabricStep WriteConfiguration(GatewayPlan plan, BirdState bird, string revision)
    {
        string path = plan.Place.BirdConfigPath;
        return FabricStep.For(
            new WgFabricDifference
            {
                Gateway = plan.Gateway.Name,
                Kind = WgFabricPart.BirdConfiguration,
                Name = path,
                Property = bird.Configuration is null ? null : "Text",
                Desired = revision,
                Actual = bird.Configuration is null ? null : RevisionIn(bird.Configuration),
                Action = bird.Configuration is null ? WgFabricAction.Add : WgFabricAction.Change,
            },
            $"write BIRD's configuration {path}",
            run =>
            {
                MakeIncludeFolder(run);
                if (BirdConfigurationFile.Write(plan.Bird, path, bird: OwnBird.Locate(run.Place.BirdProgram)))
                    run.Undo.Push($"the configuration '{path}'", () => BirdConfigurationFile.PutBack(path, bird.Configuration));
            });
    }

    // In a pattern for files BIRD misses a folder, though no file (conf/cf-lex.l, cf_open_glob).
    private static void MakeIncludeFolder(GatewayRun run)
    {
        string folder = run.Place.BirdIncludeFolder;
        if (Directory.Exists(folder))
            return;
        GatewayKeys.MakeFolder(folder);
        run.Undo.Push($"the folder '{folder}'", () => Directory.Delete(folder));
    }

    private static FabricStep Start(GatewayPlan plan, GatewayState state) => FabricStep.For(
        new WgFabricDifference
        {
            Gateway = plan.Gateway.Name,
            Kind = WgFabricPart.BirdDaemon,
            Name = plan.Place.ControlSocket,
            Desired = "running",
            Action = WgFabricAction.Add,
        },
        $"start BIRD in {NamespaceText(plan)}",
        run =>
        {
            state.Bird.Supervisor.Start(run.Cancel);
            run.Undo.Push("BIRD", state.Bird.Supervisor.End);
        });

    private static FabricStep Restart(GatewayPlan plan, BirdState bird) => FabricStep.For(
        new WgFabricDifference
        {
            Gateway = plan.Gateway.Name,
            Kind = WgFabricPart.BirdDaemon,
            Name = plan.Place.ControlSocket,
            Property = bird.IsDeaf ? "ControlSocket" : "Namespace",
            Desired = bird.IsDeaf ? "answers" : NamespaceText(plan),
            Actual = bird.IsDeaf ? "silent" : "another",
            Action = WgFabricAction.Change,
        },
        $"restart BIRD in {NamespaceText(plan)}",
        run =>
        {
            // There is no way back: what ran before was of no use.
            bird.Supervisor.End();
            bird.Supervisor.Start(run.Cancel);
        });

    private static FabricStep Load(GatewayPlan plan, BirdState bird, string revision)
    {
        var step = new FabricStep
        {
            Kind = WgFabricPart.BirdDaemon,
            Name = plan.Place.ControlSocket,
            Action = WgFabricAction.Change,
            Description = "load BIRD's configuration",
            Differences =
            [
                new WgFabricDifference
                {
                    Gateway = plan.Gateway.Name,
                    Kind = WgFabricPart.BirdDaemon,
                    Name = plan.Place.ControlSocket,
                    Property = "Configuration",
                    Desired = revision,
                    Actual = bird.Revision,
                    Action = WgFabricAction.Change,
                },
                .. ProtocolDifferences(plan, bird),
                .. DisabledOnes(plan, bird).Select(protocol => Disabled(plan, protocol)),
            ],
            Do = run =>
            {
                // A command that is on its way cannot be stopped: the daemon would follow it later, and nobody would take it back.
                using BirdClient client = BirdState.Open(run.Place, CancellationToken.None);
                run.Undo.Push("BIRD's running configuration", () => GoBack(run.Place, bird));
                client.Configure(run.Place.BirdConfigPath);
                Settle(client, run.Cancel);
                HashSet<string> planned = [.. Planned(plan)];
                Disable(client, bird, name => !planned.Contains(name));
            },
        };
        return step;
    }

    private static WgFabricDifference Disabled(GatewayPlan plan, BirdProtocol protocol) => new()
    {
        Gateway = plan.Gateway.Name,
        Kind = WgFabricPart.BirdProtocol,
        Name = protocol.Name,
        Property = "State",
        Desired = "enabled",
        Actual = "disabled",
        Action = WgFabricAction.Change,
    };

    private static FabricStep Enable(GatewayPlan plan, BirdProtocol protocol) => FabricStep.For(
        Disabled(plan, protocol),
        $"enable BIRD's protocol {protocol.Name}",
        run =>
        {
            using BirdClient client = BirdState.Open(run.Place, CancellationToken.None);
            client.EnableProtocol(protocol.Name);
            run.Undo.Push($"the enabled protocol {protocol.Name}", () =>
            {
                using BirdClient back = BirdState.Open(run.Place, CancellationToken.None);
                back.DisableProtocol(protocol.Name);
            });
        });

    private static IEnumerable<WgFabricDifference> ProtocolDifferences(GatewayPlan plan, BirdState bird)
    {
        HashSet<string> planned = [.. Planned(plan)];
        foreach (string name in planned.Where(name => !bird.Protocols.ContainsKey(name)))
            yield return Protocol(plan, name, WgFabricAction.Add);

        // Others may be the operator's own.
        foreach (string name in bird.Protocols.Values.Where(protocol => protocol.Protocol == "BGP" && GatewayBird.IsSessionName(protocol.Name) && !planned.Contains(protocol.Name)).Select(protocol => protocol.Name))
            yield return Protocol(plan, name, WgFabricAction.Remove);
    }

    private static WgFabricDifference Protocol(GatewayPlan plan, string name, WgFabricAction action) => new()
    {
        Gateway = plan.Gateway.Name,
        Kind = WgFabricPart.BirdProtocol,
        Name = name,
        Desired = action == WgFabricAction.Add ? "running" : null,
        Actual = action == WgFabricAction.Remove ? "running" : null,
        Action = action,
    };

    private static void GoBack(GatewayPlace place, BirdState before)
    {
        using BirdClient client = BirdState.Open(place, CancellationToken.None);

        // BIRD that refused the new one still runs the old, and an undo would bring back the one before that.
        if (client.Revision() == before.Revision)
            return;
        client.UndoConfiguration();
        Settle(client, CancellationToken.None);
        Disable(client, before, _ => true);
    }

    /// <summary>
    /// Disables again what was disabled before: at each configuration BIRD makes anew, and so enables, every protocol that is down (nest/proto.c,
    /// proto_reconfigure).
    /// </summary>
    private static void Disable(BirdClient client, BirdState before, Func<string, bool> wanted)
    {
        foreach (string name in client.Protocols().Select(protocol => protocol.Name).Where(wanted).ToList())
        {
            if (before.Protocols.TryGetValue(name, out BirdProtocol? old) && IsDisabled(old))
                client.DisableProtocol(name);
        }
    }

    /// <summary>Waits until the protocols that go have gone.</summary>
    private static void Settle(BirdClient client, CancellationToken cancel)
    {
        long start = Stopwatch.GetTimestamp();
        while (client.Status().State == "Reconfiguring")
        {
            if (Stopwatch.GetElapsedTime(start) > s_settleLimit)
            {
                throw new FaultException("BirdReconfigurationTimeout", FaultKind.Timeout,
                    $"BIRD at '{client.ControlSocket}' did not finish its reconfiguration within {s_settleLimit.TotalSeconds} s: some protocol does not go down.", client.ControlSocket);
            }

            cancel.WaitHandle.WaitOne(5);
            cancel.ThrowIfCancellationRequested();
        }
    }

    private static string NamespaceText(GatewayPlan plan) => plan.Place.PrivateNamespace.Length == 0 ? "the machine's namespace" : $"namespace '{plan.Place.PrivateNamespace}'";

    // A file of an older version of ours may define none.
    private static string RevisionIn(string text)
    {
        const string Start = $"\ndefine {BirdConfigurationFile.RevisionName} = \"";
        int start = text.IndexOf(Start, StringComparison.Ordinal);
        int end = start < 0 ? -1 : text.IndexOf('"', start + Start.Length);
        return end < 0 ? "another text" : text[(start + Start.Length)..end];
    }
}
