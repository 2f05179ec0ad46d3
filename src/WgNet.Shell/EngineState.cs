using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace WgNet.Shell;

/// <summary>
/// What a session starts with: the engine's core cmdlets, and four more. The engine shows objects by itself (Out-Default,
/// Out-Host) but leaves choosing a view to a module that comes with pwsh only, so Format-Table, Format-List and Out-String
/// are here, riding on the engine's own formatting. Nothing else is: a script that runs here and in pwsh writes objects
/// as bare expressions, lines with <c>$Host.UI.WriteLine</c>, and takes the rest from .NET.
/// </summary>
internal static class EngineState
{
    public static string VersionText { get; } =
        $"WgNet.Shell {Version(typeof(EngineState).Assembly)} (PowerShell engine {Version(typeof(PSObject).Assembly)}, .NET {Environment.Version})";

    public static InitialSessionState Create()
    {
        // CreateDefault would look for the modules that come with pwsh.
        InitialSessionState state = InitialSessionState.CreateDefault2();
        Add<FormatTableCommand>(state, "Format-Table", "ft");
        Add<FormatListCommand>(state, "Format-List", "fl");
        Add<OutStringCommand>(state, "Out-String", "os");
        return state;
    }

    private static void Add<T>(InitialSessionState state, string name, string alias)
        where T : PSCmdlet
    {
        state.Commands.Add(new SessionStateCmdletEntry(name, typeof(T), null));
        state.Commands.Add(new SessionStateAliasEntry(alias, name));
    }

    private static string Version(Assembly assembly)
    {
        string version = FileVersionInfo.GetVersionInfo(assembly.Location).ProductVersion ?? "";
        int end = version.AsSpan().IndexOfAny(' ', '+');
        return end < 0 ? version : version[..end];
    }
}
