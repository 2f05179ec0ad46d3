using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Management.Automation.Host;
using System.Security;

namespace WgNet.Shell;

/// <summary>Asks the person at the terminal: lines, secrets, a cmdlet's missing parameters, and choices such as -Confirm's.</summary>
internal sealed class Questions(Screen screen, bool nonInteractive)
{
    public string Line()
    {
        RefuseWhenAlone();
        screen.Clear();
        return Console.ReadLine() ?? throw new HostException("There is no more input to answer with.");
    }

    public SecureString Secret()
    {
        RefuseWhenAlone();
        var secret = new SecureString();
        if (Console.IsInputRedirected)
        {
            foreach (char c in Line())
                secret.AppendChar(c);
        }
        else
        {
            screen.Clear();
            ReadHidden(secret);
        }

        secret.MakeReadOnly();
        return secret;
    }

    public Dictionary<string, PSObject> Fields(string caption, string message, Collection<FieldDescription> descriptions)
    {
        RefuseWhenAlone();
        Announce(caption, message);
        var answers = new Dictionary<string, PSObject>();
        foreach (FieldDescription field in descriptions)
            answers[field.Name] = PSObject.AsPSObject(Field(field));
        return answers;
    }

    public int Choice(string caption, string message, Collection<ChoiceDescription> choices, int defaultChoice)
    {
        RefuseWhenAlone();
        Announce(caption, message);
        (string Key, string Label)[] offered = [.. choices.Select(choice => Offer(choice.Label))];
        string menu = string.Join("  ", offered.Select(offer => $"[{offer.Key}] {offer.Label}"));
        string fallback = defaultChoice >= 0 ? $" (default is \"{offered[defaultChoice].Key}\")" : "";
        while (true)
        {
            screen.Write($"{menu}{fallback}: ");
            string answer = Line().Trim();
            if (answer.Length == 0 && defaultChoice >= 0)
                return defaultChoice;
            int chosen = Array.FindIndex(offered, offer => Same(offer.Key, answer) || Same(offer.Label, answer));
            if (chosen >= 0)
                return chosen;
        }
    }

    public PSCredential Credential(string caption, string message, string userName)
    {
        RefuseWhenAlone();
        Announce(caption, message);
        if (string.IsNullOrEmpty(userName))
        {
            screen.Write("User: ");
            userName = Line();
        }

        screen.Write($"Password for user {userName}: ");
        return new PSCredential(userName, Secret());
    }

    private object Field(FieldDescription field)
    {
        Type type = LanguagePrimitives.TryConvertTo(field.ParameterAssemblyFullName, out Type known) && known is not null ? known : typeof(string);
        if (type == typeof(SecureString))
        {
            screen.Write($"{field.Name}: ");
            return Secret();
        }

        if (type == typeof(PSCredential))
            return Credential("", field.Name, "");
        if (!type.IsArray)
        {
            screen.Write($"{field.Name}: ");
            return LanguagePrimitives.ConvertTo(Line(), type);
        }

        // As many lines as there are values; an empty one ends them.
        var values = new List<string>();
        while (true)
        {
            screen.Write($"{field.Name}[{values.Count}]: ");
            string line = Line();
            if (line.Length == 0)
                return LanguagePrimitives.ConvertTo(values.ToArray(), type);
            values.Add(line);
        }
    }

    private void Announce(string caption, string message)
    {
        foreach (string text in (string[])[caption, message])
        {
            if (!string.IsNullOrEmpty(text))
                screen.Write(text + "\n");
        }
    }

    /// <summary>"Yes to &amp;All" is chosen by A.</summary>
    private static (string Key, string Label) Offer(string label)
    {
        int mark = label.IndexOf('&', StringComparison.Ordinal);
        string plain = label.Replace("&", "", StringComparison.Ordinal);
        return mark >= 0 && mark + 1 < label.Length ? (label[mark + 1].ToString().ToUpperInvariant(), plain) : (plain, plain);
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static void ReadHidden(SecureString secret)
    {
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            if (key.Key == ConsoleKey.Enter)
                break;
            if (key.Key == ConsoleKey.Backspace && secret.Length > 0)
                secret.RemoveAt(secret.Length - 1);
            else if (!char.IsControl(key.KeyChar))
                secret.AppendChar(key.KeyChar);
        }

        Console.WriteLine();
    }

    private void RefuseWhenAlone()
    {
        if (nonInteractive)
            throw new HostException("This needs an answer, and the shell was started with -NonInteractive.");
    }
}
