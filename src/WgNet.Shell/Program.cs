namespace WgNet.Shell;

/// <summary>
/// Runs PowerShell scripts, commands and an interactive prompt on the PowerShell engine alone, for machines that have the
/// .NET SDK and no pwsh, and serves remote sessions on gateways without pwsh. It brings no language of its own: what a script
/// finds here are the engine's core cmdlets, .NET, and the few cmdlets of pwsh's that <see cref="EngineState"/> names. Command line
/// and exit codes are pwsh's.
/// </summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        // The engine reports each imported module to its makers unless told not to; a VPN's machines talk to nobody unasked.
        Environment.SetEnvironmentVariable("POWERSHELL_TELEMETRY_OPTOUT", "1");

        CommandLine line;
        try
        {
            line = CommandLine.Parse(args);
        }
        catch (CommandLineException caught)
        {
            Console.Error.WriteLine(caught.Message);
            Console.Error.WriteLine();
            Console.Error.WriteLine(CommandLine.Usage);
            return ExitCodes.BadCommandLine;
        }

        switch (line.Mode)
        {
            case RunMode.Help:
                Console.WriteLine(CommandLine.Usage);
                return ExitCodes.Success;
            case RunMode.Version:
                Console.WriteLine(EngineState.VersionText);
                return ExitCodes.Success;
            case RunMode.Server:
                return RemotingServer.Run(line.ConfigurationFile, line.ConfigurationName, line.WorkingDirectory);
            default:
                using (var session = new ShellSession(line.NonInteractive))
                {
                    return line.Mode switch
                    {
                        RunMode.File => ScriptRun.File(session, line.Text, line.Arguments),
                        RunMode.Command => ScriptRun.Command(session, line.Text),
                        _ => new Prompt(session).Run(),
                    };
                }
        }
    }
}
