using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>Completes names of network settings, one part at a time.</summary>
public sealed class SysctlCompleter : IArgumentCompleter
{
    public IEnumerable<CompletionResult> CompleteArgument(string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        ArgumentNullException.ThrowIfNull(fakeBoundParameters);
        string typed = (wordToComplete ?? "").Trim('\'', '"');
        IReadOnlyList<string> names;
        try
        {
            using NetNamespaceHandle ns = NetNamespaceHandle.Open(fakeBoundParameters["Namespace"]?.ToString());
            names = Sysctls.Complete(ns, typed);
        }
        catch (FaultException)
        {
            yield break;
        }

        foreach (string name in names)
            yield return new CompletionResult(name, name, CompletionResultType.ParameterValue, name);
    }
}
