namespace WgNet.Cmdlets;

/// <summary>Numbers as users type them, checked in words that say the range.</summary>
internal static class Settings
{
    /// <summary>Fault "InvalidPort".</summary>
    public static ushort? Port(int? value) => InRange(value, "InvalidPort", "A listen port");

    /// <summary>Fault "InvalidKeepalive".</summary>
    public static ushort? Keepalive(int? value) => InRange(value, "InvalidKeepalive", "A persistent keepalive, in seconds,");

    private static ushort? InRange(int? value, string fault, string what) => value switch
    {
        null => null,
        >= 0 and <= ushort.MaxValue => (ushort)value,
        _ => throw new FaultException(fault, FaultKind.InvalidArgument, $"{what} is a number from 0 to 65535, not {value}.", value),
    };
}
