using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace WgNet.Shell;

/// <summary>
/// What a remote session starts with: what the prompt has, or what a session configuration file (.pssc) leaves of it. The
/// engine makes one of these for each session.
/// </summary>
public sealed class GatewayConfiguration : PSSessionConfiguration
{
    /// <summary>The path of a .pssc file; null for sessions that may do everything.</summary>
    internal static string? File { get; set; }

    /// <inheritdoc/>
    public override InitialSessionState GetInitialSessionState(PSSenderInfo senderInfo) =>
        File is null ? EngineState.CreateRemote() : EngineState.FromFile(File);
}
