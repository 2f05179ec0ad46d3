namespace WgNet.WireGuard.Uapi;

/// <summary>
/// What a device answers (wireguard-go device/uapi.go), taken line by line as it arrives: a large answer is read while the daemon still sends,
/// and is never in memory as a whole. Keys that are not known are passed over, as wg(8) does; a value that is not what its key promises is the
/// fault "UapiMalformed".
/// </summary>
internal abstract class UapiReply : IDisposable
{
    private int? _errno;

    /// <summary>Whether the blank line that ends an answer was met.</summary>
    public bool Ended { get; private set; }

    /// <summary>The errno that ended it, positive; 0 is success.</summary>
    public int Errno => _errno ?? throw Malformed();

    /// <summary>Takes the whole lines at the beginning of what has arrived; how many bytes they are.</summary>
    public int Take(ReadOnlySpan<byte> arrived)
    {
        var lines = new UapiLines(arrived);
        while (lines.Next())
        {
            // Nothing follows the errno.
            if (_errno is not null)
            {
                lines.Fail();
            }
            else if (lines.Is("errno"u8))
            {
                _errno = lines.Errno();
                End(ref lines);
            }
            else
            {
                Read(ref lines);
            }
        }

        if (lines.Failed || (lines.Ended && _errno is null))
            throw Malformed();
        Ended = lines.Ended;
        return lines.Taken;
    }

    /// <summary>Zeroes keys that were read and not handed on.</summary>
    public virtual void Dispose()
    {
    }

    /// <summary>Reads a line; marks the lines as failed where it is not what the protocol says.</summary>
    protected abstract void Read(ref UapiLines lines);

    /// <summary>The errno was met: what was begun is complete.</summary>
    protected virtual void End(ref UapiLines lines)
    {
    }

    private static FaultException Malformed() =>
        new("UapiMalformed", FaultKind.InvalidData, "What the userspace device answered is not its protocol.");
}

/// <summary>The answer to set=1: an errno and nothing else.</summary>
internal sealed class UapiErrnoReply : UapiReply
{
    protected override void Read(ref UapiLines lines) => lines.Fail();
}
