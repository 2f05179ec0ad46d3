using System.Diagnostics;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Reflection;

namespace WgNet.Shell;

/// <summary>
/// What a session starts with: the engine's core cmdlets, and the few of pwsh's other modules that showing objects and remote
/// sessions cannot do without, in Commands and Formatting. The engine shows objects by itself (Out-Default, Out-Host) but leaves
/// choosing a view to a module that comes with pwsh only. A script that runs here and in pwsh writes objects as bare
/// expressions, lines with <c>$Host.UI.WriteLine</c>, and takes the rest from .NET.
/// </summary>
internal static class EngineState
{
    public static string VersionText { get; } =
        $"WgNet.Shell {Version(typeof(EngineState).Assembly)} (PowerShell engine {Version(typeof(PSObject).Assembly)}, .NET {Environment.Version})";

    static EngineState() => EngineInternals.AdoptCommands();

    /// <summary>All commands, no limits. A module is found by the names of its commands.</summary>
    internal static InitialSessionState Create() => InitialSessionState.CreateDefault();

    /// <summary>The same for a remote session, with the module where it lies beside this program: Import-PSSession takes what is imported.</summary>
    internal static InitialSessionState CreateRemote()
    {
        InitialSessionState state = Create();
        string own = Path.Combine(AppContext.BaseDirectory, "Modules", "WgNet", "WgNet.psd1");
        if (File.Exists(own))
            state.ImportPSModule([own]);
        return state;
    }

    /// <summary>What a session configuration file (.pssc) allows, with the role capabilities (.psrc) that it names.</summary>
    internal static InitialSessionState FromFile(string path)
    {
        var state = InitialSessionState.CreateFromSessionConfigurationFile(path, roleVerifier: null, validateFile: true);
        // A file of the session type Default gets the engine's core cmdlets alone; hidden as they are where the file names what is visible.
        SessionStateEntryVisibility visibility = state.Commands["Get-Command"].FirstOrDefault()?.Visibility ?? SessionStateEntryVisibility.Private;
        foreach (SessionStateCmdletEntry command in InitialSessionState.CreateDefault().Commands.OfType<SessionStateCmdletEntry>())
        {
            if (state.Commands.Count > 0 && state.Commands[command.Name].Count == 0)
            {
                command.Visibility = visibility;
                state.Commands.Add(command);
            }
        }

        return state;
    }

    private static string Version(Assembly assembly)
    {
        string version = FileVersionInfo.GetVersionInfo(assembly.Location).ProductVersion ?? "";
        int end = version.AsSpan().IndexOfAny(' ', '+');
        return end < 0 ? version : version[..end];
    }
}
