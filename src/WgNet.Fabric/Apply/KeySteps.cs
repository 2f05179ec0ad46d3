namespace WgNet.Fabric;

/// <summary>The step that makes the gateway's key, here and nowhere else.</summary>
internal static class KeySteps
{
    public static IEnumerable<FabricStep> Of(GatewayPlan plan, GatewayState state)
    {
        if (state.Key is not null)
            yield break;
        string path = plan.Place.PrivateKeyPath;
        yield return FabricStep.For(
            new WgFabricDifference { Gateway = plan.Gateway.Name, Kind = WgFabricPart.Key, Name = path, Desired = "(hidden)", Action = WgFabricAction.Add },
            $"make the private key {path}",
            run =>
            {
                bool folder = Directory.Exists(run.Place.ConfigFolder);
                run.Key = GatewayKeys.Make(run.Place);
                run.Undo.Push($"the private key '{path}'", () => TakeBack(run.Place, path, keepFolder: folder));
            });
    }

    private static void TakeBack(GatewayPlace place, string path, bool keepFolder)
    {
        File.Delete(path);
        if (!keepFolder && !Directory.EnumerateFileSystemEntries(place.ConfigFolder).Any())
            Directory.Delete(place.ConfigFolder);
    }
}
