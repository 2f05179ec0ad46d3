namespace WgNet.Fabric;

/// <summary>The picture of a fabric.</summary>
internal static class FabricDiagram
{
    /// <summary>As SVG.</summary>
    public static string Svg(WgFabric fabric, LinkStates states) => SvgText.Of(new DiagramModel(fabric, states));

    /// <summary>As Mermaid text.</summary>
    public static string Mermaid(WgFabric fabric, LinkStates states) => MermaidText.Of(new DiagramModel(fabric, states));
}
