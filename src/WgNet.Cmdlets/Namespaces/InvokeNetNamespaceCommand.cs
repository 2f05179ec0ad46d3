using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// Runs a script block inside a network namespace: the cmdlets of this module and the native programs in it see that namespace's links,
/// routes and sockets, as with `ip netns exec`. It runs in the caller's session and sees its variables; output comes as it is made, and the
/// commands after it in the pipeline run where the caller is. The file system stays the caller's (so does /sys); work that the script block hands to other
/// threads, with Start-Job or ForEach-Object -Parallel, does not follow.
/// </summary>
/// <example>
/// <code>Invoke-NetNamespace private { ip -6 route show proto bird }</code>
/// <para>Runs a program in the namespace 'private'.</para>
/// </example>
/// <example>
/// <code>Invoke-NetNamespace R1, R2 { Get-NetLink -Kind veth }</code>
/// <para>Runs cmdlets in two namespaces, one after the other.</para>
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "NetNamespace")]
public sealed class InvokeNetNamespaceCommand : WgNetCmdlet
{
    // The second command of the pipeline hands each object over as soon as the script block makes it.
    private static readonly ScriptBlock s_handingOver = ScriptBlock.Create(
        "param($Block, $Arguments, $Emitter) & $Block @Arguments | & { param($Emitter) process { $Emitter.Emit($_) } } $Emitter");

    private static readonly ScriptBlock s_direct = ScriptBlock.Create("param($Block, $Arguments) & $Block @Arguments");

    /// <summary>The namespaces: names under /run/netns, paths, or pid:N.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = [];

    /// <summary>What to run.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Arguments for the script block's parameters.</summary>
    [Parameter(Position = 2)]
    [Alias("Args")]
    [AllowNull]
    public object?[] ArgumentList { get; set; } = [];

    protected override void ProcessRecord()
    {
        foreach (string name in Name)
            Attempt(() => Run(name), name);
    }

    // Typed at a prompt, and nothing behind it but the screen: a native program then gets the terminal itself, as an editor or a shell
    // needs it. Elsewhere other commands may stand behind, here or around a calling function, and they must not run in there.
    private bool Typed => MyInvocation.CommandOrigin == CommandOrigin.Runspace && MyInvocation.PipelinePosition == MyInvocation.PipelineLength;

    private void Run(string name)
    {
        using NetNamespaceHandle target = NetNamespaceHandle.Open(name);
        using ThreadNamespace inside = ThreadNamespace.Enter(target);
        using SteppablePipeline pipeline = Typed
            ? s_direct.GetSteppablePipeline(MyInvocation.CommandOrigin, [ScriptBlock, ArgumentList ?? []])
            : s_handingOver.GetSteppablePipeline(MyInvocation.CommandOrigin, [ScriptBlock, ArgumentList ?? [], new Emitter(this, inside)]);
        pipeline.Begin(this);
        pipeline.Process();
        pipeline.End();
    }

    /// <summary>Passes an object on to the commands that follow, which run in the caller's namespace.</summary>
    private sealed class Emitter(InvokeNetNamespaceCommand command, ThreadNamespace inside)
    {
        public void Emit(object? value) => inside.Outside(() => command.WriteObject(value));
    }
}
