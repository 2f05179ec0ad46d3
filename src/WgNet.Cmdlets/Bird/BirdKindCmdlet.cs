using WgNet.Bird;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that reads what BIRD's protocols of one kind know, from those chosen by name or from all.</summary>
public abstract class BirdKindCmdlet : BirdCmdlet
{
    private static readonly string?[] s_all = [null];

    /// <summary>The names chosen; null for all.</summary>
    protected abstract string[]? Chosen { get; }

    /// <summary>Reads from one protocol, or from all.</summary>
    protected abstract IEnumerable<object> Read(BirdClient client, string? protocol);

    protected sealed override void ProcessRecord() => ForEachDaemon(client =>
    {
        foreach (string? name in Chosen ?? s_all)
            Attempt(() => WriteEach(Read(client, name)), name);
    });
}
