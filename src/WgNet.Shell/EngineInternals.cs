using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace WgNet.Shell;

/// <summary>
/// The three things that a host needs and that the engine keeps for pwsh's own assemblies. By reflection, all of it here;
/// the engine's version is pinned, and the shell's tests run each.
/// </summary>
internal static class EngineInternals
{
    private const BindingFlags Any = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    private static readonly Assembly Engine = typeof(PSObject).Assembly;

    /// <summary>The formatter behind a Format- cmdlet: "Table" or "List". The cmdlets' base classes themselves are public.</summary>
    public static void AttachFormatter(FrontEndCommandBase command, string shape)
    {
        string home = typeof(FrontEndCommandBase).Namespace!;
        object value = Enum.Parse(Engine.GetType($"{home}.FormatShape", throwOnError: true)!, shape);
        Type formatter = Engine.GetType($"{home}.InnerFormatShapeCommand", throwOnError: true)!;
        FieldInfo implementation = typeof(FrontEndCommandBase).GetField("implementation", Any) ?? throw Missing("FrontEndCommandBase.implementation");
        implementation.SetValue(command, Activator.CreateInstance(formatter, Any, null, [value], null));
    }

    /// <summary>An error marked as one of the error stream's, so that Out-Default sends it to standard error.</summary>
    public static PSObject AsErrorStream(ErrorRecord record)
    {
        var marked = new PSObject(record);
        PropertyInfo stream = typeof(PSObject).GetProperty("WriteStream", Any) ?? throw Missing("PSObject.WriteStream");
        stream.SetValue(marked, Enum.Parse(stream.PropertyType, "Error"));
        return marked;
    }

    /// <summary>Lets <c>exit</c> in the next script file reach the host. Otherwise it ends that script and says nothing.</summary>
    public static void LetExitThrough(Runspace runspace)
    {
        object context = typeof(Runspace).GetProperty("ExecutionContext", Any)?.GetValue(runspace) ?? throw Missing("Runspace.ExecutionContext");
        PropertyInfo rethrow = context.GetType().GetProperty("ScriptCommandProcessorShouldRethrowExit", Any)
            ?? throw Missing("ExecutionContext.ScriptCommandProcessorShouldRethrowExit");
        rethrow.SetValue(context, true);
    }

    private static MissingMemberException Missing(string member) => new($"This version of the PowerShell engine has no {member}.");
}
