using WgNet.Netlink;

namespace WgNet.Cmdlets;

/// <summary>A cmdlet that changes links, addresses or routes of one namespace.</summary>
public abstract class LinkCmdlet : NamespaceCmdlet
{
    /// <summary>Runs the work in a session of -Namespace; a fault is written as an error about the target.</summary>
    private protected void InSession(object? target, Action<RouteSession> work) => Attempt(
        () =>
        {
            using RouteSession session = RouteSession.Open(Namespace);
            work(session);
        },
        target);

    /// <summary>A link as -WhatIf and -Confirm name it.</summary>
    private protected string Described(string name) => $"link '{name}'{InNamespace}";
}
