namespace WgNet.Shell;

/// <summary>Exit codes as pwsh gives them; a script's own <c>exit N</c> comes before these.</summary>
internal static class ExitCodes
{
    public const int Success = 0;

    /// <summary>An error that nothing caught ended the script, or a command's <c>$?</c> was false.</summary>
    public const int Failure = 1;

    /// <summary>The arguments make no sense, or the script is not there.</summary>
    public const int BadCommandLine = 64;

    /// <summary>A signal ended the script: 128 and its number, as shells count.</summary>
    public static int OfSignal(int signal) => 128 + signal;
}
