using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that changes links, addresses or routes of one namespace.</summary>
public abstract class LinkCmdlet : NamespaceCmdlet
{
    private RouteSession? _session;

    /// <summary>Runs the work in a session of -Namespace; a fault is written as an error about the target.</summary>
    private protected void InSession(object? target, Action<RouteSession> work) => Attempt(() => work(Session()), target);

    /// <summary>A link as -WhatIf and -Confirm name it.</summary>
    private protected string Described(string name) => $"link '{name}'{InNamespace}";

    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _session?.Dispose();
        base.Dispose(disposing);
    }

    // Objects on a pipeline are mostly of one namespace. The name may have passed to another namespace since the last one.
    private RouteSession Session()
    {
        if (_session is not null && _session.NamespaceName == (Namespace ?? "") && _session.Identity == NamespaceIdentity.TryOfName(Namespace))
            return _session;
        _session?.Dispose();
        _session = null;
        return _session = RouteSession.Open(Namespace);
    }
}
