using System.Management.Automation.Runspaces;

namespace WgNet.Shell;

internal enum RunMode
{
    Interactive,
    File,
    Command,
    Version,
    Help,
    Server,
}

/// <summary>The arguments cannot be understood; the message says why.</summary>
internal sealed class CommandLineException(string message) : Exception(message);

/// <summary>What the arguments ask for. Names may be shortened and begin with one dash or two, as with pwsh.</summary>
/// <param name="Mode">What to do.</param>
/// <param name="NonInteractive">Nobody can answer questions.</param>
/// <param name="Text">The script's path, or the command's text.</param>
/// <param name="Arguments">A script's arguments, ready to bind.</param>
internal sealed record CommandLine(RunMode Mode, bool NonInteractive, string Text, IReadOnlyList<CommandParameter> Arguments)
{
    /// <summary>The .pssc file that says what remote sessions may do; null: everything.</summary>
    public string? ConfigurationFile { get; init; }

    /// <summary>An endpoint's name for remote sessions.</summary>
    public string? ConfigurationName { get; init; }

    /// <summary>Where to start; null: here.</summary>
    public string? WorkingDirectory { get; init; }

    public const string Usage = """
        Usage: WgNet.Shell [-NoProfile] [-NoLogo] [-NonInteractive] [[-File] SCRIPT.ps1 [ARGUMENT...]]
               WgNet.Shell [-NoProfile] [-NoLogo] [-NonInteractive] -Command { TEXT... | - }
               WgNet.Shell -SSHServerMode [-ConfigurationFile FILE.pssc] [-WorkingDirectory FOLDER]
               WgNet.Shell -Version | -Help

        The PowerShell engine for machines without pwsh: its core cmdlets, .NET, and a few
        of the cmdlets that come with pwsh (Get-Command -Module Microsoft.PowerShell.Utility).
        Without arguments: a prompt. With -SSHServerMode (-sshs): sshd's subsystem powershell.
        """;

    // The shortest form that pwsh takes for each name.
    private static readonly (string Name, int Shortest)[] Options =
    [
        ("noprofile", 3), ("nologo", 3), ("noninteractive", 4), ("file", 1), ("command", 1), ("version", 1), ("help", 1), ("?", 1),
        ("sshservermode", 4), ("configurationfile", 14), ("configurationname", 6), ("workingdirectory", 2), ("executionpolicy", 2),
    ];

    /// <exception cref="CommandLineException">An unknown option, a missing value, or a script that is not there.</exception>
    public static CommandLine Parse(string[] args)
    {
        bool nonInteractive = false;
        var server = new CommandLine(RunMode.Server, NonInteractive: true, "", []);
        bool serves = false;
        for (int i = 0; i < args.Length; i++)
        {
            string[] rest = args[(i + 1)..];
            switch (Option(args[i]))
            {
                case "noprofile" or "nologo":
                    break;
                case "noninteractive":
                    nonInteractive = true;
                    break;
                case "sshservermode":
                    serves = true;
                    break;
                case "configurationfile" or "configurationname" or "workingdirectory" or "executionpolicy" when rest.Length == 0:
                    throw new CommandLineException($"A value must follow {args[i]}.");
                case "configurationfile" when !System.IO.File.Exists(rest[0]):
                    throw new CommandLineException($"There is no session configuration file '{rest[0]}'. Check the path after {args[i]}.");
                case "configurationfile":
                    server = server with { ConfigurationFile = Path.GetFullPath(rest[0]) };
                    i++;
                    break;
                case "configurationname":
                    server = server with { ConfigurationName = rest[0] };
                    i++;
                    break;
                case "workingdirectory" when !Directory.Exists(rest[0]):
                    throw new CommandLineException($"There is no folder '{rest[0]}'. Check the path after {args[i]}.");
                case "workingdirectory":
                    server = server with { WorkingDirectory = Path.GetFullPath(rest[0]) };
                    i++;
                    break;
                case "executionpolicy":
                    // Taken as pwsh takes it; policies mean nothing outside Windows.
                    i++;
                    break;
                case "version":
                    return new CommandLine(RunMode.Version, nonInteractive, "", []);
                case "help" or "?":
                    return new CommandLine(RunMode.Help, nonInteractive, "", []);
                case "command" when rest.Length == 0:
                    throw new CommandLineException("A command must follow -Command.");
                case "command":
                    return Unlimited(new CommandLine(RunMode.Command, nonInteractive, rest is ["-"] ? Console.In.ReadToEnd() : string.Join(' ', rest), []));
                case "file" when rest.Length == 0:
                    throw new CommandLineException("The path of a script must follow -File.");
                case "file":
                    return Unlimited(Script(rest[0], rest[1..], nonInteractive));
                default:
                    return Unlimited(Script(args[i], rest, nonInteractive));
            }
        }

        if (server.WorkingDirectory is not null)
            Directory.SetCurrentDirectory(server.WorkingDirectory);
        return serves ? server : Unlimited(new CommandLine(RunMode.Interactive, nonInteractive, "", []));

        // A limit that would be ignored is worse than none.
        CommandLine Unlimited(CommandLine line) => server.ConfigurationFile is null
            ? line
            : throw new CommandLineException("-ConfigurationFile limits remote sessions: it needs -SSHServerMode.");
    }

    private static string? Option(string arg)
    {
        if (!arg.StartsWith('-'))
            return null;
        string name = arg.TrimStart('-');
        if (name.Equals("wd", StringComparison.OrdinalIgnoreCase))
            return "workingdirectory";
        foreach ((string option, int shortest) in Options)
        {
            if (name.Length >= shortest && option.StartsWith(name, StringComparison.OrdinalIgnoreCase))
                return option;
        }

        return null;
    }

    private static CommandLine Script(string path, string[] args, bool nonInteractive)
    {
        if (!File.Exists(path))
            throw new CommandLineException($"'{path}' is neither an option nor the name of a script that is there. Check the spelling and the path.");
        if (!path.EndsWith(".ps1", StringComparison.OrdinalIgnoreCase))
            throw new CommandLineException($"'{path}' is no script: its name does not end in .ps1.");
        return new CommandLine(RunMode.File, nonInteractive, Path.GetFullPath(path), [.. Bindable(args)]);
    }

    /// <summary>
    /// Arguments as the engine binds them: <c>-Name value</c> and <c>-Switch</c> stay apart for it to pair; <c>-Name:value</c>
    /// is one, with $true and $false as booleans so that a switch can be turned off; everything else is positional.
    /// </summary>
    private static IEnumerable<CommandParameter> Bindable(string[] args)
    {
        for (int i = 0; i < args.Length; i++)
        {
            string arg = args[i];
            int colon = arg.IndexOf(':', StringComparison.Ordinal);
            if (arg.Length < 2 || arg[0] != '-' || !(char.IsAsciiLetter(arg[1]) || arg[1] is '_' or '?'))
                yield return new CommandParameter(null, arg);
            else if (colon < 0)
                yield return new CommandParameter(arg);
            else if (colon < arg.Length - 1)
                yield return new CommandParameter(arg[..colon], Value(arg[(colon + 1)..]));
            else if (i + 1 < args.Length)
                yield return new CommandParameter(arg[..colon], Value(args[++i]));
            else
                yield return new CommandParameter(arg[..colon]);
        }
    }

    private static object Value(string text) => text.ToUpperInvariant() switch
    {
        "$TRUE" => true,
        "$FALSE" => false,
        _ => text,
    };
}
