using System.Text;

namespace WgNet.Shell;

/// <summary>
/// Takes what one thread would write to the screen. The engine formats to a host and to nothing else that is public, so a
/// string is made by formatting to the host and keeping the text. Other threads go on writing to the screen.
/// </summary>
internal sealed class ScreenCapture
{
    [ThreadStatic]
    private static ScreenCapture? s_current;

    private readonly StringBuilder _text = new();

    private ScreenCapture(int width) => Width = width;

    public static ScreenCapture? Current => s_current;

    /// <summary>Columns to format for; 0: as many as the screen has.</summary>
    public int Width { get; }

    public void Write(string text) => _text.Append(text);

    public static string Of(int width, Action write)
    {
        ScreenCapture? outer = s_current;
        var capture = new ScreenCapture(width);
        s_current = capture;
        try
        {
            write();
        }
        finally
        {
            s_current = outer;
        }

        return capture._text.ToString();
    }
}
