namespace WgNet.Netlink;

/// <summary>The errno values that this product acts upon (include/uapi/asm-generic/errno-base.h, errno.h).</summary>
public static class Errno
{
    public const int EPERM = 1;
    public const int ENOENT = 2;
    public const int ESRCH = 3;
    public const int EINTR = 4;
    public const int ENXIO = 6;
    public const int EBADF = 9;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int EACCES = 13;
    public const int EBUSY = 16;
    public const int EEXIST = 17;
    public const int ENODEV = 19;
    public const int ENOTDIR = 20;
    public const int EINVAL = 22;
    public const int ENOSPC = 28;
    public const int ERANGE = 34;
    public const int ENAMETOOLONG = 36;
    public const int EBADR = 53;
    public const int EPROTO = 71;
    public const int EOPNOTSUPP = 95;
    public const int EAFNOSUPPORT = 97;
    public const int EADDRINUSE = 98;
    public const int EADDRNOTAVAIL = 99;
    public const int ENETDOWN = 100;
    public const int ENETUNREACH = 101;
    public const int ENOBUFS = 105;
    public const int ENOTCONN = 107;
    public const int ETIMEDOUT = 110;
    public const int ECONNREFUSED = 111;
    public const int EHOSTUNREACH = 113;

    private static readonly Dictionary<int, string> s_names = typeof(Errno).GetFields()
        .Where(field => field.IsLiteral)
        .ToDictionary(field => (int)field.GetRawConstantValue()!, field => field.Name);

    /// <summary>"ENODEV" for 19; "errno 200" for what has no name here.</summary>
    public static string Name(int errno) => s_names.TryGetValue(errno, out string? name) ? name : $"errno {errno}";

    /// <summary>The C library's sentence, for example "No such device".</summary>
    public static string Describe(int errno) => System.Runtime.InteropServices.Marshal.GetPInvokeErrorMessage(errno);

    /// <summary>The kind of fault that an errno usually means.</summary>
    public static FaultKind Kind(int errno) => errno switch
    {
        EPERM or EACCES => FaultKind.PermissionDenied,
        ENOENT or ESRCH or ENODEV or ENXIO => FaultKind.NotFound,
        EEXIST => FaultKind.Exists,
        EINVAL or ERANGE or ENAMETOOLONG or EADDRNOTAVAIL or EAFNOSUPPORT => FaultKind.InvalidArgument,
        ECONNREFUSED => FaultKind.Connection,
        ETIMEDOUT => FaultKind.Timeout,
        _ => FaultKind.Unavailable,
    };
}
