using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace WgNet.Bird;

/// <summary>
/// Writes configurations into files, so that BIRD always finds a whole and valid one: checked by <c>bird -p</c> beside its
/// place, then put there by renaming. A file that was not written here is not touched unless told so.
/// </summary>
public static partial class BirdConfigurationFile
{
    /// <summary>How a file begins that was written here.</summary>
    public const string Mark = "# Written by WgNet.";

    /// <summary>The constant's name.</summary>
    public const string RevisionName = "WGNET_REVISION";

    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(60);

    /// <summary>Writes the configuration; false: the file has that text already, and is left as it is.</summary>
    /// <param name="configuration">What to write.</param>
    /// <param name="path">Where to.</param>
    /// <param name="overwrite">Replaces a file that was not written here too.</param>
    /// <param name="bird">The daemon's program that checks it.</param>
    /// <exception cref="FaultException">
    /// "BirdConfigNotOurs": the file there was written by somebody else. "BirdConfigError": BIRD does not take the
    /// configuration; the file is as it was. "BirdProgramNotFound" or "BirdConfigWriteFailed".
    /// </exception>
    public static bool Write(BirdConfiguration configuration, string path, bool overwrite = false, string bird = "bird")
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string full = Path.GetFullPath(path);
        string text = TextOf(configuration);
        string fresh = $"{full}.new-{Path.GetRandomFileName()}";
        try
        {
            string? there = File.Exists(full) ? File.ReadAllText(full) : null;
            if (there == text)
                return false;
            if (there is not null && !overwrite && !there.StartsWith(Mark, StringComparison.Ordinal))
            {
                throw new FaultException("BirdConfigNotOurs", FaultKind.Exists,
                    $"'{full}' was not written by WgNet, and is left as it is. Include it in a configuration of another name, or allow it to be replaced.", full);
            }

            WriteFresh(fresh, full, there is not null, text);
            Check(bird, fresh, full);
            File.Move(fresh, full, overwrite: true);
            return true;
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            throw new FaultException("BirdConfigWriteFailed", FaultKind.InvalidArgument, $"Cannot write '{full}': {caught.Message}", full, caught);
        }
        finally
        {
            if (File.Exists(fresh))
                File.Delete(fresh);
        }
    }

    /// <summary>The text that <see cref="Write"/> writes.</summary>
    public static string TextOf(BirdConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        string body = configuration.ToText();
        return $"{Mark} Changes are lost when it is written again: put yours into a file that it includes.\n{body}define {RevisionName} = \"{RevisionOf(body)}\";\n";
    }

    /// <summary>
    /// What names the configuration's text: the file defines it as a constant, so that a daemon can be asked which one it runs
    /// (<see cref="ConfigurationCommands.Revision"/>).
    /// </summary>
    public static string RevisionOf(BirdConfiguration configuration)
    {
        ArgumentNullException.ThrowIfNull(configuration);
        return RevisionOf(configuration.ToText());
    }

    /// <summary>Puts a file back as it was before <see cref="Write"/>, unchecked: its content, or null for none.</summary>
    /// <exception cref="FaultException">"BirdConfigWriteFailed".</exception>
    public static void PutBack(string path, string? content)
    {
        string full = Path.GetFullPath(path);
        string fresh = $"{full}.new-{Path.GetRandomFileName()}";
        try
        {
            if (content is null)
            {
                File.Delete(full);
                return;
            }

            WriteFresh(fresh, full, File.Exists(full), content);
            File.Move(fresh, full, overwrite: true);
        }
        catch (Exception caught) when (caught is IOException or UnauthorizedAccessException)
        {
            throw new FaultException("BirdConfigWriteFailed", FaultKind.InvalidArgument, $"Cannot write '{full}': {caught.Message}", full, caught);
        }
        finally
        {
            if (File.Exists(fresh))
                File.Delete(fresh);
        }
    }

    private static string RevisionOf(string body) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body)).AsSpan(0, 8));

    // May hold passwords: readable as the file that it replaces was, or else by its owner and group.
    private static void WriteFresh(string fresh, string full, bool replaces, string text)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
        };
        using FileStream stream = File.Open(fresh, options);
        stream.Write(Encoding.UTF8.GetBytes(text));
        if (replaces)
            Ownership.Copy(full, fresh);
        else
            File.SetUnixFileMode(stream.SafeFileHandle, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        stream.Flush(flushToDisk: true);
    }

    private static void Check(string bird, string fresh, string full)
    {
        Process process;
        try
        {
            process = Process.Start(new ProcessStartInfo(bird, ["-p", "-c", fresh]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        }
        catch (System.ComponentModel.Win32Exception caught)
        {
            throw new FaultException("BirdProgramNotFound", FaultKind.NotFound,
                $"The configuration for '{full}' cannot be checked, since '{bird}' does not start: {caught.Message}. Install BIRD 2 or 3.", bird, caught);
        }

        using (process)
        {
            Task<string> output = process.StandardOutput.ReadToEndAsync(), error = process.StandardError.ReadToEndAsync();
            if (!process.WaitForExit(s_limit))
            {
                process.Kill();
                throw new FaultException("BirdTimeout", FaultKind.Timeout, $"'{bird}' did not check the configuration for '{full}' within {s_limit.TotalSeconds} s.", full);
            }

            if (process.ExitCode != 0)
                throw Refused(error.Result + output.Result, fresh, full);
        }
    }

    // "bird: FILE:LINE:COLUMN MESSAGE", with a time and a level in between by BIRD 3.
    private static BirdException Refused(string said, string fresh, string full)
    {
        string[] lines = said.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string line = lines.LastOrDefault(one => Place().IsMatch(one)) ?? lines.LastOrDefault() ?? "";
        Match place = Place().Match(line);
        string text = place.Success ? place.Value : line;
        return Refusals.Of(full, "bird -p", ReplyCode.ConfigurationError, text.Replace(fresh, full, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"/\S*:\d+:\d+ .*$")]
    private static partial Regex Place();
}
