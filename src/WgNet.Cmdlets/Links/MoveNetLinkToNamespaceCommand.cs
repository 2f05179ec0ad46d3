using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// Moves network links to another namespace. They arrive down and without their addresses; the UDP socket of a WireGuard tunnel stays in
/// the namespace in which the tunnel was made.
/// </summary>
/// <example>
/// <code>Move-NetLinkToNamespace wg3 private -PassThru</code>
/// <para>Moves a tunnel to the namespace 'private': the traffic inside it is seen there, the encrypted packets here.</para>
/// </example>
/// <example>
/// <code>Get-NetLink lb1-wg5 -Namespace public | Move-NetLinkToNamespace -Namespace private -NewName wg5</code>
/// <para>Moves and renames in one request.</para>
/// </example>
[Cmdlet(VerbsCommon.Move, "NetLinkToNamespace", SupportsShouldProcess = true, DefaultParameterSetName = "Name")]
[OutputType(typeof(NetLink))]
public sealed class MoveNetLinkToNamespaceCommand : WgNetCmdlet
{
    private readonly SessionSlot _sources = new(), _targets = new();

    /// <summary>The names of the links.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = "Name")]
    [ArgumentCompleter(typeof(MovedLinkNameCompleter))]
    public string[] Name { get; set; } = [];

    /// <summary>A link, a tunnel, or anything else with a Name and a Namespace; or a name.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = "Object")]
    public PSObject? InputObject { get; set; }

    /// <summary>The network namespace to move to: a name under /run/netns, a path, or pid:N.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string Namespace { get; set; } = "";

    /// <summary>The network namespace that the links are in. Default: that of the object from the pipeline, or the caller's own.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    public string? SourceNamespace { get; set; }

    /// <summary>The name there. Default: the same.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? NewName { get; set; }

    /// <summary>Emits the links as they are there.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is null)
        {
            foreach (string name in Name)
                Move(name, SourceNamespace ?? "");
            return;
        }

        string? named = InputObject.BaseObject as string ?? InputObject.Properties["Name"]?.Value?.ToString();
        if (named is null)
            WriteFault(new FaultException("LinkNotFound", FaultKind.InvalidArgument, "The object from the pipeline has no Name.", InputObject));
        else
            Move(named, SourceNamespace ?? InputObject.Properties["Namespace"]?.Value?.ToString() ?? "");
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _sources.Dispose();
            _targets.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Move(string name, string source) => Attempt(
        () =>
        {
            using NetNamespaceHandle target = NetNamespaceHandle.Open(Namespace);
            RouteSession session = _sources.Of(source);
            (int index, string known) = Links.Identify(session, name);
            LinkName.Check(NewName ?? name);
            string from = source.Length == 0 ? "" : $" in namespace '{source}'";
            string renamed = NewName is null ? "" : $" as '{NewName}'";
            if (!ShouldProcess($"link '{name}'{from}", $"Move to namespace '{Namespace}'{renamed}"))
                return;
            RouteSession there = _targets.Of(Namespace);
            string moved = Links.Move(session, index, known, target, there, NewName);
            if (PassThru)
                WriteObject(Links.Find(there, moved));
        },
        name);
}
