using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>
/// Completes from what the machine knows. A derived class names the candidates; a fault while asking (no permission, no
/// daemon) means no candidates, since a Tab key has nowhere to show an error.
/// </summary>
public abstract class MachineCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        var pattern = new WildcardPattern(WildcardPattern.Escape(typed) + "*", WildcardOptions.IgnoreCase);
        List<string> names;
        try
        {
            names = [.. Candidates(fakeBoundParameters).Where(pattern.IsMatch)];
        }
        catch (FaultException)
        {
            yield break;
        }

        foreach (string name in names)
        {
            // What PowerShell would not read back as one word is quoted.
            bool plain = name.Length > 0 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or ':' or '+' or '=');
            yield return new CompletionResult(plain ? name : $"'{name.Replace("'", "''", StringComparison.Ordinal)}'", name, CompletionResultType.ParameterValue, name);
        }
    }

    /// <summary>Everything that could stand here, given what was typed for the other parameters.</summary>
    protected abstract IEnumerable<string> Candidates(IDictionary bound);

    /// <summary>The value typed for another parameter, as text; the first where several were given.</summary>
    protected static string? Bound(IDictionary bound, string parameter)
    {
        ArgumentNullException.ThrowIfNull(bound);
        return bound[parameter] switch
        {
            null => null,
            object[] { Length: > 0 } several => several[0]?.ToString(),
            var one => one.ToString(),
        };
    }
}

/// <summary>Completes names of network namespaces.</summary>
public sealed class NamespaceCompleter : MachineCompleter
{
    protected override IEnumerable<string> Candidates(IDictionary bound) => NetNamespaces.Names();
}
