using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that changes links, addresses or routes of one namespace.</summary>
public abstract class LinkCmdlet : NamespaceCmdlet
{
    private readonly SessionSlot _sessions = new();

    /// <summary>Runs the work in a session of -Namespace; a fault is written as an error about the target.</summary>
    private protected void InSession(object? target, Action<RouteSession> work) => Attempt(() => work(Session()), target);

    /// <summary>A link as -WhatIf and -Confirm name it.</summary>
    private protected string Described(string name) => $"link '{name}'{InNamespace}";

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _sessions.Dispose();
        base.Dispose(disposing);
    }

    /// <summary>The session of -Namespace.</summary>
    private protected RouteSession Session() => _sessions.Of(Namespace);
}

/// <summary>The session of the namespace asked for last: objects on a pipeline are mostly of one.</summary>
internal sealed class SessionSlot : IDisposable
{
    private RouteSession? _session;

    /// <summary>A session of this namespace. The name may have passed to another namespace since the last time.</summary>
    public RouteSession Of(string? name)
    {
        if (_session is not null && _session.NamespaceName == (name ?? "") && _session.Identity == NamespaceIdentity.TryOfName(name))
            return _session;
        Dispose();
        return _session = RouteSession.Open(name);
    }

    /// <summary>Closes it; a later question opens another.</summary>
    public void Dispose()
    {
        _session?.Dispose();
        _session = null;
    }
}
