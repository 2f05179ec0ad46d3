namespace WgNet.Bird;

/// <summary>
/// What a route's first line says behind the prefix. Few of a million routes differ in it, so that they share these: a route
/// then costs little more than its prefix.
/// </summary>
internal sealed class RouteOrigin
{
    public required string Type { get; init; }

    public string? Protocol { get; init; }

    public string? SinceText { get; init; }

    public DateTime? Since { get; init; }

    public string? From { get; init; }

    public bool Primary { get; init; }

    public bool SyncFailed { get; init; }

    public required RouteInfo Info { get; init; }

    /// <summary>The table and the daemon; the same object for all routes of a table.</summary>
    public required RouteTable Table { get; init; }
}

/// <summary>What all routes of one table in one reply have in common.</summary>
/// <param name="Name">The table; null where BIRD did not say.</param>
/// <param name="ControlSocket">The daemon's control socket.</param>
/// <param name="IsDetailed">Whether all attributes were asked for.</param>
internal sealed record RouteTable(string? Name, string ControlSocket, bool IsDetailed);
