using System.Globalization;
using System.Text;

namespace LossActors.Actors.Experiments;

/// <summary>Shows what a user wrote inside a message: on one line, printable, and short.</summary>
public static class Shown
{
    private const int Longest = 60;

    /// <summary>Text in single quotes, cut after 60 characters, control characters escaped.</summary>
    public static string Text(string text) => $"'{Bare(text)}'";

    /// <summary>The same without the quotes.</summary>
    public static string Bare(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var shown = new StringBuilder();
        foreach (var c in text.Length > Longest ? text.AsSpan(0, Longest) : text)
        {
            Append(shown, c);
        }

        return shown.Append(text.Length > Longest ? "…" : "").ToString();
    }

    /// <summary>One character in single quotes, escaped if it cannot be printed.</summary>
    public static string Character(char c)
    {
        var shown = new StringBuilder("'");
        Append(shown, c);
        return shown.Append('\'').ToString();
    }

    /// <summary>The first line of another program's message, without a full stop at its end.</summary>
    public static string FirstLine(string message)
    {
        ArgumentNullException.ThrowIfNull(message);
        var end = message.AsSpan().IndexOfAny('\r', '\n');
        return (end < 0 ? message : message[..end]).TrimEnd('.', ' ');
    }

    private static void Append(StringBuilder to, char c)
    {
        // Lone surrogates and private or control characters would garble a terminal.
        if (char.IsControl(c) || char.IsSurrogate(c) || char.GetUnicodeCategory(c) is UnicodeCategory.OtherNotAssigned
            or UnicodeCategory.PrivateUse or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator)
        {
            to.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }
        else
        {
            to.Append(c);
        }
    }
}
