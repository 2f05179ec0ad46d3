namespace WgNet.Netlink;

/// <summary>
/// The calling thread's stay in another network namespace, until disposed on the same thread. Programs that the thread starts inherit the
/// namespace. Stays nest.
/// </summary>
public sealed class ThreadNamespace : IDisposable
{
    private readonly NetNamespaceHandle _target;
    private readonly NetNamespaceHandle _home;
    private readonly int _thread = Environment.CurrentManagedThreadId;
    private bool _left;

    private ThreadNamespace(NetNamespaceHandle target, NetNamespaceHandle home)
    {
        _target = target;
        _home = home;
    }

    /// <summary>Enters a namespace, whose handle must stay open meanwhile.</summary>
    public static ThreadNamespace Enter(NetNamespaceHandle target)
    {
        ArgumentNullException.ThrowIfNull(target);
        NetNamespaceHandle home = NetNamespaceHandle.Open(null);
        try
        {
            target.EnterOnThisThread();
            return new ThreadNamespace(target, home);
        }
        catch
        {
            home.Dispose();
            throw;
        }
    }

    /// <summary>Runs code in the namespace that the thread came from, and comes back.</summary>
    public void Outside(Action work)
    {
        ArgumentNullException.ThrowIfNull(work);
        Return();
        try
        {
            work();
        }
        finally
        {
            _target.EnterOnThisThread();
        }
    }

    /// <summary>Goes back. Fault "NamespaceNotRestored" where the kernel does not let it: the thread must not be used for anything else then.</summary>
    public void Dispose()
    {
        if (_left)
            return;
        _left = true;
        try
        {
            Return();
        }
        finally
        {
            _home.Dispose();
        }
    }

    private void Return()
    {
        if (Environment.CurrentManagedThreadId != _thread)
            throw new InvalidOperationException("A thread's network namespace can be restored on that thread only.");
        try
        {
            _home.EnterOnThisThread();
        }
        catch (NetlinkException refusal)
        {
            throw refusal.As("NamespaceNotRestored", FaultKind.PermissionDenied,
                $"This session's thread is still in the network namespace '{_target.Name}', and everything else it does would happen there: close the session. Did the script give up CAP_SYS_ADMIN?");
        }
    }
}
