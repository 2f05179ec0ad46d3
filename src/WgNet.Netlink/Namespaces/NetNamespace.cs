namespace WgNet;

/// <summary>A named network namespace.</summary>
/// <param name="Name">Its name under /run/netns.</param>
/// <param name="Path">The file that it is bound to.</param>
/// <param name="Id">The id by which the caller's namespace knows it (RTM_GETNSID), or null where none was given.</param>
public sealed record NetNamespace(string Name, string Path, int? Id)
{
    /// <summary>The name again, so that a namespace on the pipeline tells other cmdlets where to work.</summary>
    public string Namespace => Name;

    public override string ToString() => Name;
}
