namespace WgNet.Netlink;

/// <summary>What protocol code needs of a netlink socket; a fake kernel answers through it in wire-level tests.</summary>
internal interface INetlinkChannel
{
    void Execute(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default);

    List<T> Query<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default);

    List<T> Dump<T>(ReadOnlySpan<byte> request, MessageDecoder<T> decode, string operation, object? target = null, CancellationToken cancel = default);

    /// <summary>Sends several requests at once, and hands on what comes back for each, in their order.</summary>
    void ExecuteAll(RequestBatch requests, IBatchReader reader, string operation, CancellationToken cancel = default) =>
        throw new NotSupportedException("This channel takes one request at a time.");

    /// <summary>Asks for a whole list that is read while it arrives.</summary>
    DumpReader OpenDump(ReadOnlySpan<byte> request, string operation, object? target = null, CancellationToken cancel = default) =>
        throw new NotSupportedException("This channel answers at once.");

    /// <summary>The name of the link of this index in the channel's namespace; null where there is none.</summary>
    string? LinkName(int index) => null;

    /// <summary>The index of the link of this name in the channel's namespace; 0 where there is none.</summary>
    int LinkIndex(string name) => 0;
}
