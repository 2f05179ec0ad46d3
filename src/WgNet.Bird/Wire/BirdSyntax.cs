using System.Buffers;
using System.Net;

namespace WgNet.Bird;

/// <summary>
/// Writes users' values into commands so that a value never becomes syntax (BIRD: conf/cf-lex.l): names and texts are quoted,
/// an expression is held together by parentheses that it cannot close.
/// </summary>
internal static class BirdSyntax
{
    private static readonly Dictionary<char, char> s_closing = new() { ['('] = ')', ['['] = ']', ['{'] = '}' };
    private static readonly SearchValues<char> s_address = SearchValues.Create("0123456789abcdefABCDEF:.");

    /// <summary>A symbol: a protocol, table or filter. Quoted where it holds more than letters, digits and underscores.</summary>
    public static string Symbol(string name)
    {
        if (name.Length is 0 or > 64 || !name.All(c => IsWord(c) || c is '-' or '.' or ':'))
        {
            throw new FaultException("BirdInvalidName", FaultKind.InvalidArgument,
                $"'{Shown(name)}' cannot name anything in BIRD: 1 to 64 letters, digits, '_', '-', '.' and ':'.", Shown(name));
        }

        return !char.IsAsciiDigit(name[0]) && name.All(IsWord) ? name : $"'{name}'";
    }

    /// <summary>A text in double quotes; BIRD knows no escapes in it.</summary>
    public static string Text(string value) => value.Any(c => c == '"' || char.IsControl(c))
        ? throw new FaultException("BirdInvalidText", FaultKind.InvalidArgument, $"'{Shown(value)}' cannot be written in BIRD: it holds a double quote or a control character.", Shown(value))
        : $"\"{value}\"";

    /// <summary>Whether a name means itself in a "pattern" (BIRD: lib/patmatch.c knows *, ? and \).</summary>
    public static bool IsPlainPattern(string name) => name.Length is > 0 and <= 64 && name.All(c => IsWord(c) || c is '-' or '.' or ':');

    /// <summary>An address or a prefix, of which BIRD wants the host bits to be zero.</summary>
    public static string Prefix(string value, string parameter)
    {
        string text = value.Trim();
        int slash = text.IndexOf('/', StringComparison.Ordinal);
        ReadOnlySpan<char> address = slash < 0 ? text : text.AsSpan(0, slash);
        bool good = IPAddress.TryParse(address, out IPAddress? parsed)
            && address.IndexOfAnyExcept(s_address) < 0
            && (parsed.AddressFamily != System.Net.Sockets.AddressFamily.InterNetwork || address.Count('.') == 3);
        if (good && slash >= 0)
            good = byte.TryParse(text.AsSpan(slash + 1), System.Globalization.NumberStyles.None, null, out byte length) && length <= parsed!.GetAddressBytes().Length * 8;
        return good
            ? text
            : throw new FaultException("BirdInvalidPrefix", FaultKind.InvalidArgument,
                $"-{parameter} wants an address or a prefix such as 10.0.0.0/24 or 2001:db8::/32, not '{Shown(value)}'.", Shown(value));
    }

    /// <summary>A condition of a filter, in parentheses of its own.</summary>
    public static string Expression(string value)
    {
        if (string.IsNullOrWhiteSpace(value))
            throw BadExpression(value, "it is empty");
        var open = new Stack<char>();
        bool quoted = false;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            if (c == '"')
                quoted = !quoted;
            else if (quoted)
                continue;
            else if (c is '#' or ';' || (c == '/' && i + 1 < value.Length && value[i + 1] == '*'))
                throw BadExpression(value, $"it holds '{c}'");
            else if (s_closing.TryGetValue(c, out char closing))
                open.Push(closing);
            else if (s_closing.ContainsValue(c) && !(open.TryPop(out char expected) && expected == c))
                throw BadExpression(value, $"it closes a '{c}' that it did not open");
        }

        return quoted || open.Count > 0 ? throw BadExpression(value, quoted ? "a text is not closed" : $"a '{open.Peek()}' is missing") : $"({value})";
    }

    private static bool IsWord(char c) => char.IsAsciiLetterOrDigit(c) || c == '_';

    private static FaultException BadExpression(string value, string why) => new("BirdInvalidFilter", FaultKind.InvalidArgument,
        $"-Filter wants one condition such as 'net ~ [10.0.0.0/8+]' or 'bgp_path ~ [= * 65001 =]': {why}.", Shown(value));

    private static string Shown(string value) => string.Concat(value.Take(100).Select(c => char.IsControl(c) ? '?' : c));
}
