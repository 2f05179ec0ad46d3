using System.Text;
using CsCheck;
using WgNet.Bird;
using Xunit;

namespace WgNet.UnitTests.Bird;

public sealed class ReplyReaderTests
{
    [Fact]
    public void The_fifth_character_decides_whether_a_line_is_the_last()
    {
        List<Line> lines = Read("1007-Table master4:\n 10.0.0.0/8\n1008-\tType\n0014 Total: 1\n1000 done\n");
        Assert.Equal(
        [
            new Line("Reply", 1007, false, "Table master4:"),
            new Line("Reply", 1007, false, "10.0.0.0/8"),
            new Line("Reply", 1008, false, "\tType"),
            new Line("Reply", 14, true, "Total: 1"),
            new Line("Reply", 1000, true, "done"),
        ], lines);
    }

    [Fact]
    public void One_blank_is_the_sign_of_a_continued_code_and_the_others_are_text()
    {
        List<Line> lines = Read("1007-x\n                      unicast\n \tvia\n \n0000 \n");
        Assert.Equal(["x", "                     unicast", "\tvia", "", ""], lines.Select(line => line.Text));
        Assert.Equal([1007, 1007, 1007, 1007, 0], lines.Select(line => line.Code));
    }

    [Fact]
    public void What_has_no_code_is_told_apart_and_kept()
    {
        List<Line> lines = Read("+UPSTREAM: state changed\n<3 messages lost>\n\n12\n0000\n00x0 a\n stray\n1000-a\n+log\n more\n0000 \n after\n");
        Assert.Equal(
            ["Log", "Unframed", "Unframed", "Unframed", "Unframed", "Unframed", "Unframed", "Reply", "Log", "Reply", "Reply", "Unframed"],
            lines.Select(line => line.Kind));
        Assert.Equal(["UPSTREAM: state changed", "<3 messages lost>", "", "12", "0000", "00x0 a", " stray", "a", "log", "more", "", " after"], lines.Select(line => line.Text));
    }

    [Fact]
    public void A_reply_cut_anywhere_gives_the_same_lines_and_never_a_half_one()
    {
        byte[] all = Encoding.UTF8.GetBytes(Transcript.Load("comm-c.sock").Reply("show route all")!);
        List<Line> whole = Read(all, [all.Length]);
        for (int cut = 0; cut <= all.Length; cut++)
        {
            Assert.Equal(whole, Read(all, [cut, all.Length - cut]));
            List<Line> half = Read(all[..cut], [cut]);
            Assert.Equal(whole.Take(half.Count), half);
        }

        Assert.Equal(whole, Read(all, [.. Enumerable.Repeat(1, all.Length)]));
    }

    [Fact]
    public void A_line_longer_than_the_buffer_arrives_whole_up_to_a_limit()
    {
        string line = new('x', 200_000);
        Assert.Equal(line, Read($"1000-{line}\n0000 \n")[0].Text);
        FaultException fault = Assert.Throws<FaultException>(() => Read(new string('x', ReplyReader.LongestLine * 3)));
        Assert.Equal("BirdInvalidReply", fault.Id);
    }

    [Fact]
    public void Any_bytes_in_any_pieces_are_lines_and_nothing_is_lost() =>
        Gen.Select(Gen.Int[0, 9].Select(i => "01 -\n+\ta\0\u00ff"[i]).Select(c => (byte)c).Array[0, 300], Gen.Int[1, 20].Array[1, 10])
            .Sample((bytes, pieces) =>
            {
                List<Line> lines = Read(bytes, pieces);
                Assert.Equal(bytes.Count(b => b == '\n'), lines.Count);
                Assert.Equal(Read(bytes, [Math.Max(1, bytes.Length)]), lines);
            });

    private static List<Line> Read(string text) => Read(Encoding.UTF8.GetBytes(text), [text.Length]);

    private static List<Line> Read(byte[] bytes, int[] pieces)
    {
        using var reader = new ReplyReader(new PieceSource(bytes, pieces));
        var lines = new List<Line>();
        while (reader.Read(out ReplyLine line))
            lines.Add(new Line(line.Kind.ToString(), line.Code, line.IsLast, Encoding.Latin1.GetString(line.Text)));
        return lines;
    }

    private sealed record Line(string Kind, int Code, bool IsLast, string Text);
}

/// <summary>Gives bytes in pieces of the given sizes, as a socket does.</summary>
internal sealed class PieceSource(byte[] bytes, int[] pieces) : IByteSource
{
    private int _at;
    private int _piece;

    public int Read(Span<byte> buffer)
    {
        int size = 0;
        while (size == 0 && _at < bytes.Length)
            size = pieces[_piece++ % pieces.Length];
        size = Math.Min(Math.Min(size, bytes.Length - _at), buffer.Length);
        bytes.AsSpan(_at, size).CopyTo(buffer);
        _at += size;
        return size;
    }

    public void BeginLine()
    {
    }
}
