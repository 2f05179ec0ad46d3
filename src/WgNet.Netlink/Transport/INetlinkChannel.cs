namespace WgNet.Netlink;

/// <summary>What protocol code needs of a netlink socket; a fake kernel answers through it in wire-level tests.</summary>
internal interface INetlinkChannel
{
    void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default);

    List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default);

    List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default);
}
