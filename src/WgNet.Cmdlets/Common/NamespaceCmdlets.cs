using System.Management.Automation;
using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that acts in one network namespace.</summary>
public abstract class NamespaceCmdlet : WgNetCmdlet
{
    /// <summary>The network namespace to act in: a name under /run/netns, a path, or pid:N. Default: the caller's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [AllowEmptyString]
    [AllowNull]
    public string? Namespace { get; set; } = "";

    /// <summary>Appended to a name in messages: " in namespace 'private'", or nothing in the caller's own.</summary>
    protected string InNamespace => string.IsNullOrEmpty(Namespace) ? "" : $" in namespace '{Namespace}'";
}

/// <summary>A cmdlet that reads, in one, several or all network namespaces.</summary>
public abstract class NamespaceReadCmdlet : WgNetCmdlet
{
    private bool _read;

    /// <summary>The network namespaces to read: names under /run/netns (wildcards allowed), paths, or pid:N. Default: the caller's own.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NamespaceCompleter))]
    [SupportsWildcards]
    [AllowEmptyString]
    [AllowNull]
    public string[]? Namespace { get; set; }

    /// <summary>Reads the caller's own network namespace and every named one.</summary>
    [Parameter]
    public SwitchParameter AllNamespaces { get; set; }

    /// <summary>Appended to a name in messages about what was not found: where it was looked for.</summary>
    protected string Searched => AllNamespaces ? " in any namespace"
        : Namespace is null or [] or [""] or [null] ? ""
        : $" in namespace {string.Join(", ", Namespace.Select(name => $"'{name}'"))}";

    /// <summary>Runs the work once for each namespace chosen; a fault in one does not stop the others.</summary>
    protected void ForEachNamespace(Action<NetNamespaceHandle> work)
    {
        // What cannot be listed is told, and does not keep the caller's own namespace from being read.
        List<string> names = [];
        bool listed = Attempt(() =>
        {
            foreach (string name in Chosen())
                names.Add(name);
        });

        // A pattern that no namespace matches has been looked through.
        _read = listed && names.Count == 0;
        foreach (string name in names)
        {
            _read |= Attempt(
                () =>
                {
                    using NetNamespaceHandle? ns = OpenMatch(name);
                    if (ns is not null)
                        work(ns);
                },
                name);
        }
    }

    /// <summary>The literal names that no namespace had; none where no namespace could be read, since that was told already.</summary>
    private protected IEnumerable<string> Missing(NameFilter filter) => _read ? filter.Unmatched : [];

    private NetNamespaceHandle? OpenMatch(string name) =>
        Match(() => NetNamespaceHandle.Open(name), given: !AllNamespaces && (Namespace is null || Namespace.Contains(name, StringComparer.Ordinal)));

    /// <summary>The names chosen.</summary>
    private IEnumerable<string> Chosen()
    {
        if (AllNamespaces)
            return AllNames();
        if (Namespace is null or [])
            return [""];
        return Namespace.SelectMany(Matches).Distinct(StringComparer.Ordinal);
    }

    private static IEnumerable<string> Matches(string? name)
    {
        if (string.IsNullOrEmpty(name))
            return [""];
        // A path is never a pattern, and a name that is there wins over what it would match: an object on the pipeline must find its
        // namespace also where that is called 'a[1]'.
        if (!WildcardPattern.ContainsWildcardCharacters(name) || name.Contains('/') || File.Exists($"{NetNamespaceHandle.Directory}/{name}"))
            return [name];
        var pattern = new WildcardPattern(name);
        return NetNamespaces.Names().Where(pattern.IsMatch);
    }

    // A named namespace that is the caller's own is shown once, as the caller's own.
    private static IEnumerable<string> AllNames()
    {
        yield return "";
        NamespaceIdentity own = NamespaceIdentity.OfCurrentThread();
        foreach (string name in NetNamespaces.Names())
        {
            bool isOwn;
            try
            {
                using NetNamespaceHandle ns = NetNamespaceHandle.Open(name);
                isOwn = ns.Identity == own;
            }
            catch (FaultException)
            {
                // A file that nothing is bound to, or one that just went away: opening it again decides.
                isOwn = false;
            }

            if (!isOwn)
                yield return name;
        }
    }
}
