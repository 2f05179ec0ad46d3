using System.Globalization;
using System.Text.RegularExpressions;

namespace WgNet.Bird;

/// <summary>Turns a reply's last line of the classes 8 and 9 into the error that a user reads.</summary>
internal static partial class Refusals
{
    public static BirdException Of(string controlSocket, string command, int code, string text)
    {
        if (code == ReplyCode.ConfigurationError)
            return Configuration(controlSocket, command, code, text);
        (string id, FaultKind kind, string advice) = code switch
        {
            ReplyCode.RouteNotFound => ("BirdRouteNotFound", FaultKind.NotFound, ""),
            ReplyCode.NoProtocolsMatch => ("BirdProtocolNotFound", FaultKind.NotFound, " Get-BirdProtocol lists what there is."),
            ReplyCode.Reconfigured => ("BirdReconfigured", FaultKind.Unavailable, " BIRD was reconfigured meanwhile: ask again."),
            ReplyCode.ProtocolDown => ("BirdProtocolDown", FaultKind.Unavailable, " Enable-BirdProtocol starts it."),
            ReplyCode.ReloadFailed => ("BirdReloadFailed", FaultKind.Unavailable, " The neighbour knows no route refresh: Restart-BirdProtocol reloads everything."),
            ReplyCode.AccessDenied => ("BirdAccessDenied", FaultKind.PermissionDenied, " This session or socket is restricted to reading: use another control socket."),
            ReplyCode.EvaluationError => ("BirdEvaluationError", FaultKind.InvalidArgument, " BIRD's log says more."),
            >= 9000 => ("BirdSyntaxError", FaultKind.InvalidArgument, ""),
            _ => ("BirdCommandFailed", FaultKind.Unavailable, ""),
        };
        return new BirdException(id, kind, $"BIRD at '{controlSocket}' refuses '{command}': {text.TrimEnd('.')} ({code}).{advice}", command, code, text, controlSocket);
    }

    // sysdep/unix/main.c and conf/conf.c: "FILE:LINE:COLUMN MESSAGE", or "FILE: MESSAGE" where the file cannot be read.
    private static BirdException Configuration(string controlSocket, string command, int code, string text)
    {
        Match place = FilePlace().Match(text);
        if (!place.Success)
        {
            return new BirdException("BirdConfigError", FaultKind.InvalidData,
                $"BIRD at '{controlSocket}' cannot take the configuration, and keeps the one that it has: {text}.", command, code, text, controlSocket);
        }

        string file = place.Groups["file"].Value;
        int line = Number(place.Groups["line"]), column = Number(place.Groups["column"]);
        string what = place.Groups["what"].Value.Trim();
        return new BirdException("BirdConfigError", FaultKind.InvalidData,
            $"BIRD at '{controlSocket}' cannot take the configuration, and keeps the one that it has: {file}, line {line}, column {column}: {what}.", command, code, text, file)
        {
            File = file,
            Line = line,
            Column = place.Groups["column"].Success ? column : null,
        };
    }

    private static int Number(Group group) =>
        int.TryParse(group.Value, NumberStyles.None, CultureInfo.InvariantCulture, out int value) ? value : 0;

    [GeneratedRegex(@"^(?<file>.+?):(?<line>\d{1,9})(:(?<column>\d{1,9}))?:? (?<what>.*)$", RegexOptions.ExplicitCapture)]
    private static partial Regex FilePlace();
}
