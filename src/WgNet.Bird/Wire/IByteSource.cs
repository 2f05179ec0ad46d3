namespace WgNet.Bird;

/// <summary>Where reply bytes come from: the control socket, or a recorded conversation in the tests.</summary>
internal interface IByteSource
{
    /// <summary>Waits for at least one byte. 0: the other end has closed.</summary>
    int Read(Span<byte> buffer);

    /// <summary>A line is waited for from now on: until the next call all reads together may take no longer than one wait.</summary>
    void BeginLine();
}
