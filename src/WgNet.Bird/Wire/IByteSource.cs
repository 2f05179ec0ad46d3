namespace WgNet.Bird;

/// <summary>Where reply bytes come from: the control socket, or a recorded conversation in the tests.</summary>
internal interface IByteSource
{
    /// <summary>Waits for at least one byte. 0: the other end has closed.</summary>
    int Read(Span<byte> buffer);
}
