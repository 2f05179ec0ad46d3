using System.Text;
using WgNet.WireGuard;
using WgNet.WireGuard.Uapi;

namespace WgNet.UnitTests.WireGuard;

/// <summary>Reads answers of a userspace device without one.</summary>
internal static class UapiAnswer
{
    /// <summary>Reads a device. An answer that breaks off is the fault "UapiClosed", as it is on a connection.</summary>
    public static WgDevice Device(byte[] answer, int piece = int.MaxValue)
    {
        using var reply = new UapiDeviceReply();
        Feed(reply, answer, piece);
        return reply.Device();
    }

    public static WgDevice Device(string answer) => Device(Encoding.ASCII.GetBytes(answer));

    /// <summary>Reads the errno that ends an answer to get=1.</summary>
    public static int DeviceErrno(byte[] answer)
    {
        using var reply = new UapiDeviceReply();
        Feed(reply, answer, int.MaxValue);
        return reply.Errno;
    }

    /// <summary>Reads the answer to set=1.</summary>
    public static int Errno(byte[] answer)
    {
        using var reply = new UapiErrnoReply();
        Feed(reply, answer, int.MaxValue);
        return reply.Errno;
    }

    // In pieces, as a socket may hand them out: what is not a whole line yet is shown again with the next piece.
    private static void Feed(UapiReply reply, byte[] answer, int piece)
    {
        int taken = 0;
        for (int arrived = 0; !reply.Ended;)
        {
            if (arrived == answer.Length)
                throw new FaultException("UapiClosed", FaultKind.Connection, "The answer broke off.");
            arrived += Math.Min(piece, answer.Length - arrived);
            taken += reply.Take(answer.AsSpan(taken..arrived));
        }
    }
}
