namespace WgNet.Netlink;

/// <summary>
/// The kernel's refusal of a netlink request: the operation, the errno, and what the extended ACK says of it
/// (Documentation/userspace-api/netlink/intro.rst).
/// </summary>
public sealed class NetlinkException : FaultException
{
    public NetlinkException(string operation, int errno, string? extendedAck = null, int? offset = null, object? target = null)
        : this(operation, errno, Capability.CAP_NET_ADMIN, extendedAck, offset, target)
    {
    }

    /// <summary>A refusal for want of another capability than CAP_NET_ADMIN.</summary>
    internal NetlinkException(string operation, int errno, Capability needed, string? extendedAck = null, int? offset = null, object? target = null)
        : base(Errno.Name(errno), Errno.Kind(errno), Compose(operation, errno, extendedAck, needed), target)
    {
        Operation = operation;
        Error = errno;
        ExtendedAck = extendedAck;
        Offset = offset;
    }

    private NetlinkException(NetlinkException original, string id, FaultKind kind, string advice)
        : base(id, kind, $"{original.Message} {advice}", original.Target, original)
    {
        Operation = original.Operation;
        Error = original.Error;
        ExtendedAck = original.ExtendedAck;
        Offset = original.Offset;
    }

    /// <summary>What was tried, as a phrase that follows "cannot": "add address 10.0.0.1/24 to wg3".</summary>
    public string Operation { get; }

    /// <summary>The positive errno.</summary>
    public int Error { get; }

    /// <summary>The kernel's own sentence (NLMSGERR_ATTR_MSG), when it gave one.</summary>
    public string? ExtendedAck { get; }

    /// <summary>Byte offset of the offending attribute in the request (NLMSGERR_ATTR_OFFS), when the kernel told.</summary>
    public int? Offset { get; }

    /// <summary>The same refusal under the id that this product gives its cause, with what to do about it.</summary>
    internal NetlinkException As(string id, FaultKind kind, string advice) => new(this, id, kind, advice);

    private static string Compose(string operation, int errno, string? extendedAck, Capability needed)
    {
        string reason = extendedAck is null ? Errno.Describe(errno) : extendedAck.TrimEnd('.');
        string advice = errno is Errno.EPERM or Errno.EACCES ? " " + Capabilities.Advice(needed) : "";
        return $"Cannot {operation}: {reason} ({Errno.Name(errno)}).{advice}";
    }
}
