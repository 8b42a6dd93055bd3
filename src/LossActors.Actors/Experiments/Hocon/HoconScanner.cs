using System.Globalization;
using System.Text;

namespace LossActors.Actors.Experiments.Hocon;

/// <summary>Goes through a text character by character, knowing its line: blanks, comments, quoted text.</summary>
internal sealed class HoconScanner(string text)
{
    /// <summary>The position, from 0.</summary>
    public int At { get; private set; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; private set; } = 1;

    /// <summary>Whether nothing is left.</summary>
    public bool AtEnd => At >= text.Length;

    /// <summary>The character here; NUL at the end.</summary>
    public char Current => At < text.Length ? text[At] : '\0';

    /// <summary>The character after it; NUL past the end.</summary>
    public char Next => At + 1 < text.Length ? text[At + 1] : '\0';

    /// <summary>Whether a comment begins here.</summary>
    public bool AtComment => Current == '#' || (Current == '/' && Next == '/');

    /// <summary>All that is left.</summary>
    public string Rest => text[At..];

    /// <summary>What was passed since a position.</summary>
    public string TextFrom(int start) => text[start..At];

    /// <summary>Goes on by one character of the same line.</summary>
    public void Advance() => At++;

    /// <summary>An error on this line.</summary>
    public HoconException Error(string problem) => new(Line, problem);

    /// <summary>For errors: what stands here instead.</summary>
    public string Found() => AtEnd ? ", found the end of the file" : Current == '\n' ? ", found the end of the line" : $", found {Shown.Character(Current)}";

    /// <summary>Skips spaces, line ends and comments; true if a line ended, or the text.</summary>
    public bool SkipBlank()
    {
        var before = Line;
        while (!AtEnd)
        {
            if (Current == '\n')
            {
                Line++;
                At++;
            }
            else if (char.IsWhiteSpace(Current))
            {
                At++;
            }
            else if (AtComment)
            {
                while (!AtEnd && Current != '\n')
                {
                    At++;
                }
            }
            else
            {
                break;
            }
        }

        return Line > before || AtEnd;
    }

    /// <summary>Skips spaces within the line.</summary>
    public void SkipSpaces()
    {
        while (!AtEnd && Current != '\n' && char.IsWhiteSpace(Current))
        {
            At++;
        }
    }

    /// <summary>Reads text in quotes, simple or triple; the opening quote stands here.</summary>
    public string ReadQuoted()
    {
        const string Triple = "\"\"\"";
        var opened = Line;
        if (string.CompareOrdinal(text, At, Triple, 0, 3) == 0)
        {
            var end = text.IndexOf(Triple, At + 3, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new HoconException(opened, "an open quote: \"\"\" is missing");
            }

            var raw = text[(At + 3)..end];
            Line += raw.Count(c => c == '\n');
            At = end + 3;
            return raw;
        }

        var read = new StringBuilder();
        for (At++; Current != '"'; At++)
        {
            if (AtEnd || Current == '\n')
            {
                throw new HoconException(opened, "an open quote: a closing \" is missing");
            }

            read.Append(Current == '\\' ? ReadEscape() : Current);
        }

        At++;
        return read.ToString();
    }

    private char ReadEscape()
    {
        At++;
        switch (Current)
        {
            case '"' or '\\' or '/': return Current;
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when At + 4 < text.Length
                && ushort.TryParse(text.AsSpan(At + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                At += 4;
                return (char)code;
            default:
                throw Error("an unknown escape after '\\' in quotes: write \\\\ for a backslash");
        }
    }
}
