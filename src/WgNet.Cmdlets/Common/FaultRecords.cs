using System.Management.Automation;

namespace WgNet.Cmdlets;

/// <summary>Faults as PowerShell's error records: the one table from kinds to categories.</summary>
internal static class FaultRecords
{
    public static ErrorRecord Of(FaultException fault, object? target) => new(fault, fault.Id, Category(fault.Kind), fault.Target ?? target);

    private static ErrorCategory Category(FaultKind kind) => kind switch
    {
        FaultKind.InvalidArgument => ErrorCategory.InvalidArgument,
        FaultKind.NotFound => ErrorCategory.ObjectNotFound,
        FaultKind.Exists => ErrorCategory.ResourceExists,
        FaultKind.PermissionDenied => ErrorCategory.PermissionDenied,
        FaultKind.Timeout => ErrorCategory.OperationTimeout,
        FaultKind.Connection => ErrorCategory.ConnectionError,
        FaultKind.InvalidData => ErrorCategory.InvalidData,
        _ => ErrorCategory.ResourceUnavailable,
    };
}
