using System.Reflection;

namespace WgNet.Shell;

/// <summary>
/// Speaks PowerShell's remoting protocol on standard input and output, as <c>pwsh -SSHServerMode</c> does: what sshd starts as
/// the subsystem <c>powershell</c>. The protocol's server is the engine's own.
/// </summary>
internal static class RemotingServer
{
    /// <summary>Serves one client until it closes the connection. Then the engine ends the process; this does not return in time to matter.</summary>
    /// <param name="configurationFile">A .pssc file that says what sessions may do; null: everything.</param>
    /// <param name="configurationName">The name of an endpoint that the engine knows of; null for its ordinary one.</param>
    /// <param name="workingDirectory">Where sessions start; null: where the process is.</param>
    public static int Run(string? configurationFile, string? configurationName, string? workingDirectory)
    {
        GatewayConfiguration.File = configurationFile;
        EngineInternals.ServeWith(typeof(GatewayConfiguration));
        try
        {
            EngineInternals.ServeStandardStreams(workingDirectory, configurationName);
        }
        catch (TargetInvocationException caught) when (caught.InnerException is { } inner)
        {
            // Standard output belongs to the protocol: sshd's log, or the client's screen, is where people look.
            Console.Error.WriteLine(inner.Message);
            return ExitCodes.Failure;
        }

        return ExitCodes.Success;
    }
}
