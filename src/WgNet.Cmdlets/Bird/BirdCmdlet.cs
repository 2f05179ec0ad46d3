using System.Management.Automation;
using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that talks to BIRD: one conversation a control socket, kept while the cmdlet runs.</summary>
public abstract class BirdCmdlet : WgNetCmdlet
{
    private readonly Dictionary<string, BirdClient> _clients = new(StringComparer.Ordinal);

    /// <summary>The control socket of the BIRD to talk to; several, or a wildcard, for several. Default: /run/bird/bird.ctl.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ControlSocketCompleter))]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] ControlSocket { get; set; } = [BirdClient.DefaultControlSocket];

    /// <summary>How many seconds BIRD may be silent, or take for one line, before it counts as hanging; default 10, for Update-BirdConfig 60. A long answer may take longer.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int ResponseTimeout { get; set; } = 10;

    /// <summary>Runs the work once for each daemon chosen; a fault of one does not stop the others.</summary>
    protected void ForEachDaemon(Action<BirdClient> work)
    {
        foreach (string pattern in ControlSocket)
        {
            IReadOnlyList<string> paths = [];
            Attempt(() => paths = this.FilesOf(pattern), pattern);
            foreach (string path in paths)
                Attempt(() => work(Client(path)), path);
        }
    }

    /// <summary>
    /// Writes objects as they come. PowerShell's own enumeration would wrap a fault on the way into an exception of its own.
    /// </summary>
    protected void WriteEach<T>(IEnumerable<T> items)
    {
        ArgumentNullException.ThrowIfNull(items);
        foreach (T item in items)
            WriteObject(item);
    }

    /// <summary>How long a wait for the daemon may last.</summary>
    protected virtual TimeSpan TimeLimit => TimeSpan.FromSeconds(ResponseTimeout);

    /// <summary>Whether BIRD is told to refuse changes from this cmdlet: true for all that only look.</summary>
    protected virtual bool IsReadOnly => true;

    /// <summary>Whether times come in the forms that the operator configured.</summary>
    protected virtual bool KeepsTimeFormat => false;

    /// <summary>
    /// The protocols of these names (wildcards allowed; all when there is none), in the daemon's order. A name that is not
    /// there is written as an error; a wildcard that matches nothing gives nothing.
    /// </summary>
    protected IReadOnlyList<BirdProtocol> Choose(BirdClient client, string[]? names, bool detail)
    {
        ArgumentNullException.ThrowIfNull(client);
        if (names is [var only] && !WildcardPattern.ContainsWildcardCharacters(only) && ProtocolQueries.CanAskByName(only))
        {
            try
            {
                return [.. client.Protocols(only, detail)];
            }
            catch (BirdException refused) when (refused.Kind == FaultKind.NotFound)
            {
                // Written in other letters, perhaps: look at all.
            }
        }

        BirdProtocol[] all = [.. client.Protocols(detail: detail)];
        if (names is null or [])
            return all;
        var chosen = new HashSet<BirdProtocol>();
        foreach (string name in names)
            chosen.UnionWith(Matches(client, all, name));
        return [.. all.Where(chosen.Contains)];
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            foreach (BirdClient client in _clients.Values)
                client.Dispose();
            _clients.Clear();
        }

        base.Dispose(disposing);
    }

    private BirdClient Client(string path)
    {
        if (!_clients.TryGetValue(path, out BirdClient? client))
        {
            client = new BirdClient(path, TimeLimit, StopToken)
            {
                ReadOnly = IsReadOnly,
                KeepTimeFormat = KeepsTimeFormat,
                UnknownLine = line => WriteVerbose($"Not understood from BIRD at '{path}': {line}"),
            };
            _clients[path] = client;
        }

        return client;
    }

    // BIRD's names tell letters' cases apart: an exact match goes before one that differs in case.
    private BirdProtocol[] Matches(BirdClient client, BirdProtocol[] all, string name)
    {
        if (WildcardPattern.ContainsWildcardCharacters(name))
        {
            var pattern = new WildcardPattern(name, WildcardOptions.IgnoreCase);
            return [.. all.Where(protocol => pattern.IsMatch(protocol.Name))];
        }

        BirdProtocol[] found = [.. all.Where(protocol => protocol.Name == name)];
        if (found.Length == 0)
            found = [.. all.Where(protocol => protocol.Name.Equals(name, StringComparison.OrdinalIgnoreCase))];
        if (found.Length == 0)
        {
            WriteFault(new FaultException("BirdProtocolNotFound", FaultKind.NotFound,
                $"BIRD at '{client.ControlSocket}' has no protocol '{name}'. Get-BirdProtocol lists what there is.", name));
        }

        return found;
    }
}
