namespace WgNet.Fabric;

/// <summary>
/// The steps from a gateway as it is to the gateway as the fabric says, in the order in which they are made: what traffic may move to
/// comes before what it moves away from. New tunnels come first and old ones go last, when BIRD has no session over them any more.
/// </summary>
internal static class GatewaySteps
{
    /// <summary>The steps; none where nothing differs.</summary>
    public static IReadOnlyList<FabricStep> Of(GatewayPlan plan, GatewayState state)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(state);
        return
        [
            .. NamespaceSteps.Of(plan, state),
            .. KeySteps.Of(plan, state),
            .. TunnelSteps.Of(plan, state),
            .. BirdSteps.Of(plan, state),
            .. TunnelSteps.Removals(plan, state),
        ];
    }
}
