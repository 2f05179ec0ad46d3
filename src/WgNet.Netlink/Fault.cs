namespace WgNet;

/// <summary>What went wrong, in the few kinds that a caller can act upon.</summary>
public enum FaultKind
{
    /// <summary>The caller's value can never work.</summary>
    InvalidArgument,

    /// <summary>What was named is not there.</summary>
    NotFound,

    /// <summary>What was to be made is there already.</summary>
    Exists,

    /// <summary>The kernel or a file's mode refuses this user.</summary>
    PermissionDenied,

    /// <summary>It is there, but cannot serve now: in use, missing a program, not supported here.</summary>
    Unavailable,

    /// <summary>No answer within the time limit.</summary>
    Timeout,

    /// <summary>The other end of a socket is absent, refuses, or went away.</summary>
    Connection,

    /// <summary>What was read is not what its format promises.</summary>
    InvalidData,
}

/// <summary>
/// An error that a user is meant to read: a stable id, a kind, the object that it is about, and what to do next.
/// Its text never holds a key.
/// </summary>
public class FaultException : Exception
{
    public FaultException(string id, FaultKind kind, string message, object? target = null, Exception? inner = null)
        : base(message, inner)
    {
        Id = id;
        Kind = kind;
        Target = target;
    }

    /// <summary>Stable name of this kind of error; the cmdlets' FullyQualifiedErrorId begins with it.</summary>
    public string Id { get; }

    public FaultKind Kind { get; }

    /// <summary>What the error is about: a name, a path, an address. Never a secret.</summary>
    public object? Target { get; }
}
