using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;
using Microsoft.PowerShell.Commands.Internal.Format;

namespace WgNet.Shell;

/// <summary>
/// What a host needs and the engine keeps for pwsh's own assemblies. By reflection, all of it here; the engine's version is
/// pinned, and the shell's tests run each.
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

    /// <summary>Makes a command write objects as text of so many columns to a writer.</summary>
    public static void AttachTextOutput(FrontEndCommandBase command, TextWriter writer, int columns)
    {
        string home = typeof(FrontEndCommandBase).Namespace!;
        Type manager = Engine.GetType($"{home}.OutputManagerInner", throwOnError: true)!;
        Type output = Engine.GetType($"{home}.TextWriterLineOutput", throwOnError: true)!;
        object inner = Activator.CreateInstance(manager, Any, null, null, null)!;
        PropertyInfo lines = manager.GetProperty("LineOutput", Any) ?? throw Missing("OutputManagerInner.LineOutput");
        lines.SetValue(inner, Activator.CreateInstance(output, Any, null, [writer, columns], null));
        FieldInfo implementation = typeof(FrontEndCommandBase).GetField("implementation", Any) ?? throw Missing("FrontEndCommandBase.implementation");
        implementation.SetValue(command, inner);
    }

    /// <summary>Ends the commands before this one in its pipeline, which has all it needs.</summary>
    public static void EndUpstream(PSCmdlet command)
    {
        Type stop = Engine.GetType("System.Management.Automation.StopUpstreamCommandsException", throwOnError: true)!;
        throw (Exception)Activator.CreateInstance(stop, Any, null, [command], null)!;
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

    /// <summary>
    /// Gives the engine this program's cmdlets where it looks for pwsh's assemblies, which are not here: without that it refuses to
    /// make its own default and restricted sessions. They belong to the Utility module, so their full names are those of pwsh's.
    /// </summary>
    public static void AdoptCommands()
    {
        const string Reader = "System.Management.Automation.PSSnapInReader";
        const string Assembly = "Microsoft.PowerShell.Commands.Utility";
        Type reader = Engine.GetType(Reader, throwOnError: true)!;
        object core = reader.GetField("s_coreSnapin", BindingFlags.Static | BindingFlags.NonPublic)?.GetValue(null) ?? throw Missing("PSSnapInReader.s_coreSnapin");
        object ours = Activator.CreateInstance(core.GetType(), "Microsoft.PowerShell.Utility", Assembly, null, "", "")!;
        FieldInfo known = reader.GetField("s_defaultMshSnapins", BindingFlags.Static | BindingFlags.NonPublic) ?? throw Missing("PSSnapInReader.s_defaultMshSnapins");
        var list = (System.Collections.IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(core.GetType()))!;
        list.Add(core);
        list.Add(ours);
        known.SetValue(null, list);
        AppDomain.CurrentDomain.AssemblyResolve += (_, wanted) =>
            new AssemblyName(wanted.Name).Name == Assembly ? typeof(EngineInternals).Assembly : null;
    }

    /// <summary>Lets the engine's remoting server make its sessions with a configuration of ours.</summary>
    public static void ServeWith(Type configuration)
    {
        const string Owner = "System.Management.Automation.Remoting.PSSessionConfiguration";
        Type data = Engine.GetType("System.Management.Automation.Remoting.ConfigurationDataFromXML", throwOnError: true)!;
        object value = data.GetMethod("Create", BindingFlags.Static | BindingFlags.NonPublic)?.Invoke(null, [""]) ?? throw Missing("ConfigurationDataFromXML.Create");
        FieldInfo type = data.GetField("EndPointConfigurationType", Any) ?? throw Missing("ConfigurationDataFromXML.EndPointConfigurationType");
        type.SetValue(value, configuration);
        FieldInfo known = Engine.GetType(Owner, throwOnError: true)!.GetField("s_ssnStateProviders", BindingFlags.Static | BindingFlags.NonPublic)
            ?? throw Missing("PSSessionConfiguration.s_ssnStateProviders");
        // By the initialization parameters of an endpoint; a server on standard streams has none.
        ((System.Collections.IDictionary)known.GetValue(null)!)[""] = value;
    }

    /// <summary>The server behind <c>pwsh -SSHServerMode</c>.</summary>
    public static void ServeStandardStreams(string? workingDirectory, string? configurationName)
    {
        MethodInfo run = Engine.GetType("System.Management.Automation.Remoting.Server.StdIOProcessMediator", throwOnError: true)!
            .GetMethod("Run", BindingFlags.Static | BindingFlags.NonPublic) ?? throw Missing("StdIOProcessMediator.Run");
        run.Invoke(null, [null, workingDirectory, configurationName, null, true]);
    }

    /// <summary>
    /// Every view that a session's format files define, with the types that it is for and the public control that describes it.
    /// </summary>
    public static IEnumerable<(IReadOnlyList<string> TypeNames, FormatViewDefinition View)> Views(PSCmdlet command)
    {
        object context = Get(command, "Context");
        object database = Get(Get(context, "FormatDBManager"), "Database");
        var groups = new Dictionary<string, List<string>>();
        foreach (object group in (System.Collections.IEnumerable)Get(Get(database, "typeGroupSection"), "typeGroupDefinitionList"))
            groups.TryAdd((string)Get(group, "name"), [.. Names(Get(group, "typeReferenceList"))]);
        foreach (object view in (System.Collections.IEnumerable)Get(Get(database, "viewDefinitionsSection"), "viewDefinitionList"))
        {
            if ((bool)Get(view, "isHelpFormatter"))
                continue;
            object body = Get(view, "mainControl");
            Type control = body.GetType().Name switch
            {
                "TableControlBody" => typeof(TableControl),
                "ListControlBody" => typeof(ListControl),
                "WideControlBody" => typeof(WideControl),
                _ => typeof(CustomControl),
            };
            var shown = (PSControl)Activator.CreateInstance(control, Any, null, [body, view], null)!;
            yield return ([.. Names(Get(Get(view, "appliesTo"), "referenceList")).SelectMany(name => groups.GetValueOrDefault(name, [name]))],
                new FormatViewDefinition((string)Get(view, "name"), shown));
        }

        static IEnumerable<string> Names(object references) => ((System.Collections.IEnumerable)references).Cast<object>().Select(each => (string)Get(each, "name"));
    }

    // A field's or property's value, also one of a base class.
    private static object Get(object owner, string name)
    {
        for (Type? type = owner.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Any | BindingFlags.DeclaredOnly) is { } field)
                return field.GetValue(owner)!;
            if (type.GetProperty(name, Any | BindingFlags.DeclaredOnly) is { } property)
                return property.GetValue(owner)!;
        }

        throw Missing($"{owner.GetType().Name}.{name}");
    }

    private static MissingMemberException Missing(string member) => new($"This version of the PowerShell engine has no {member}.");
}
