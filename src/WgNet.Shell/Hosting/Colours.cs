namespace WgNet.Shell;

/// <summary>The sixteen console colours as a terminal's escape sequences.</summary>
internal static class Colours
{
    // ConsoleColor counts blue, green, red as bits 0, 1, 2; a terminal counts red, green, blue.
    public static string Wrap(ConsoleColor foreground, ConsoleColor background, string text)
    {
        string end = text.EndsWith('\n') ? "\n" : "";
        return $"\e[{Code(foreground, 30)};{Code(background, 40)}m{text[..(text.Length - end.Length)]}\e[0m{end}";
    }

    private static int Code(ConsoleColor colour, int start)
    {
        int value = (int)colour;
        int rgb = ((value & 1) << 2) | (value & 2) | ((value & 4) >> 2);
        return start + rgb + (value >= 8 ? 60 : 0);
    }
}
