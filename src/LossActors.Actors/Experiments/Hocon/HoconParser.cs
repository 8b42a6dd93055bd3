using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace LossActors.Actors.Experiments.Hocon;

/// <summary>
/// Reads the part of HOCON that experiments use: blocks, lists, dotted and quoted keys, quoted and bare values, comments.
/// </summary>
/// <remarks>
/// Akka's own parser is not used for what users write: it accepts unbalanced braces and quotes, knows no positions, throws on
/// <c>include</c> and does not come back from some inputs. This one reads each character once, so it always ends, and says on
/// which line it stumbled. A test holds it against Akka's on well-formed text.
/// </remarks>
internal sealed class HoconParser
{
    private const int MaxDepth = 32;
    private const string NotInBareValues = "{[:=`^?!@*&\\\"$";

    private readonly string _text;
    private readonly string _notInBareValues;
    private int _at;
    private int _line = 1;
    private int _depth;

    private HoconParser(string text, string notInBareValues)
    {
        _text = text;
        _notInBareValues = notInBareValues;
    }

    private char Current => _at < _text.Length ? _text[_at] : '\0';

    private bool AtEnd => _at >= _text.Length;

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="HoconException">The text is broken.</exception>
    public static HoconObject ParseFile(string text)
    {
        var parser = new HoconParser(text, NotInBareValues);
        parser.SkipBlank();
        if (parser.Current != '{')
        {
            var root = new HoconObject(1);
            parser.ParseFields(root, opened: 0);
            return root;
        }

        var block = parser.ParseObject();
        parser.SkipBlank();
        return parser.AtEnd ? block : throw parser.Error($"{Shown.Character(parser.Current)} after the end of the outermost block: is a brace too many above?");
    }

    /// <summary>Reads one value as given on the command line, where a bare value may hold colons and the like (<c>[cuda:0]</c>).</summary>
    /// <exception cref="HoconException">The text is broken.</exception>
    public static HoconValue ParseValue(string text)
    {
        var parser = new HoconParser(text, "{[\"");
        parser.SkipBlank();
        var value = parser.ParseAnyValue();
        parser.SkipBlank();
        return parser.AtEnd ? value : throw parser.Error($"{Shown.Text(parser._text[parser._at..])} after the end of the value");
    }

    private HoconException Error(string problem) => new(_line, problem);

    // Spaces, line ends and comments.
    private bool SkipBlank()
    {
        var before = _line;
        while (!AtEnd)
        {
            if (Current == '\n')
            {
                _line++;
                _at++;
            }
            else if (char.IsWhiteSpace(Current))
            {
                _at++;
            }
            else if (AtComment)
            {
                while (!AtEnd && Current != '\n')
                {
                    _at++;
                }
            }
            else
            {
                break;
            }
        }

        return _line > before || AtEnd;
    }

    private bool AtComment => Current == '#' || (Current == '/' && _at + 1 < _text.Length && _text[_at + 1] == '/');

    private void SkipSpaces()
    {
        while (!AtEnd && Current != '\n' && char.IsWhiteSpace(Current))
        {
            _at++;
        }
    }

    private HoconObject ParseObject()
    {
        Descend();
        var block = new HoconObject(_line);
        _at++;
        ParseFields(block, opened: block.Line);
        _depth--;
        return block;
    }

    // opened: the line of the brace that must be closed; 0 at the top of a file without one.
    private void ParseFields(HoconObject into, int opened)
    {
        SkipBlank();
        while (true)
        {
            if (AtEnd)
            {
                if (opened > 0)
                {
                    throw new HoconException(opened, "'{' is never closed: a '}' is missing");
                }

                return;
            }

            if (Current == '}')
            {
                if (opened == 0)
                {
                    throw Error("'}' without a '{' before it");
                }

                _at++;
                return;
            }

            ParseField(into);
            SkipSeparator('}');
        }
    }

    private void ParseField(HoconObject into)
    {
        var path = ParsePath();
        SkipSpaces();
        if (Current == '{')
        {
            into.Set(path, ParseObject());
            return;
        }

        if (path is ["include"] && Current is not ('=' or ':'))
        {
            throw Error("include is not supported in experiments: write the settings into this file");
        }

        if (Current == '+')
        {
            throw Error($"'+=' is not supported: give {Shown.Text(string.Join('.', path))} its whole value with '='");
        }

        if (Current is not ('=' or ':'))
        {
            throw Error($"expected '=' or '{{' after {Shown.Text(string.Join('.', path))}{Found()}");
        }

        _at++;
        SkipBlank();
        into.Set(path, ParseAnyValue());
    }

    private string Found() => AtEnd ? ", found the end of the file" : Current == '\n' ? ", found the end of the line" : $", found {Shown.Character(Current)}";

    private string[] ParsePath()
    {
        var path = new List<string>();
        while (true)
        {
            if (Current == '"')
            {
                path.Add(ParseQuoted());
            }
            else
            {
                var start = _at;
                while (char.IsAsciiLetterOrDigit(Current) || Current is '-' or '_')
                {
                    _at++;
                }

                if (_at == start)
                {
                    throw Error($"expected a key{Found()}");
                }

                path.Add(_text[start.._at]);
            }

            if (path.Count > MaxDepth)
            {
                throw Error($"a key of more than {MaxDepth} parts");
            }

            if (Current != '.')
            {
                return [.. path];
            }

            _at++;
        }
    }

    private HoconValue ParseAnyValue() => Current switch
    {
        _ when AtEnd => throw Error("a value is missing at the end"),
        '{' => ParseObject(),
        '[' => ParseList(),
        '"' => ParseQuotedScalar(),
        _ => ParseBare(),
    };

    private HoconList ParseList()
    {
        Descend();
        var opened = _line;
        var items = ImmutableArray.CreateBuilder<HoconValue>();
        _at++;
        SkipBlank();
        while (Current != ']')
        {
            if (AtEnd)
            {
                throw new HoconException(opened, "'[' is never closed: a ']' is missing");
            }

            items.Add(ParseAnyValue());
            SkipSeparator(']');
        }

        _at++;
        _depth--;
        return new HoconList(items.ToImmutable(), opened);
    }

    private void SkipSeparator(char closing)
    {
        var newLine = SkipBlank();
        if (Current == ',')
        {
            _at++;
            SkipBlank();
        }
        else if (!newLine && Current != closing)
        {
            throw Error($"expected a comma, a new line or '{closing}'{Found()}");
        }
    }

    private HoconScalar ParseQuotedScalar()
    {
        var line = _line;
        var text = ParseQuoted();
        SkipSpaces();
        return AtEnd || Current is '\n' or ',' or '}' or ']' || AtComment
            ? new HoconScalar(text, Quoted: true, line)
            : throw Error($"text after a closing quote{Found()}: put the whole value between one pair of quotes");
    }

    private string ParseQuoted()
    {
        const string Triple = "\"\"\"";
        var opened = _line;
        if (string.CompareOrdinal(_text, _at, Triple, 0, 3) == 0)
        {
            var end = _text.IndexOf(Triple, _at + 3, StringComparison.Ordinal);
            if (end < 0)
            {
                throw new HoconException(opened, "an open quote: \"\"\" is missing");
            }

            var raw = _text[(_at + 3)..end];
            _line += raw.Count(c => c == '\n');
            _at = end + 3;
            return raw;
        }

        var text = new StringBuilder();
        for (_at++; Current != '"'; _at++)
        {
            if (AtEnd || Current == '\n')
            {
                throw new HoconException(opened, "an open quote: a closing \" is missing");
            }

            text.Append(Current == '\\' ? ParseEscape() : Current);
        }

        _at++;
        return text.ToString();
    }

    private char ParseEscape()
    {
        _at++;
        switch (Current)
        {
            case '"' or '\\' or '/': return Current;
            case 'n': return '\n';
            case 't': return '\t';
            case 'r': return '\r';
            case 'b': return '\b';
            case 'f': return '\f';
            case 'u' when _at + 4 < _text.Length
                && ushort.TryParse(_text.AsSpan(_at + 1, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code):
                _at += 4;
                return (char)code;
            default:
                throw Error("an unknown escape after '\\' in quotes: write \\\\ for a backslash");
        }
    }

    private HoconScalar ParseBare()
    {
        var start = _at;
        while (!AtEnd && Current is not ('\n' or ',' or '}' or ']') && !AtComment)
        {
            if (Current == '$' && _at + 1 < _text.Length && _text[_at + 1] == '{')
            {
                throw Error("substitutions (${…}) are not supported in experiments: write the value itself");
            }

            if (_notInBareValues.Contains(Current, StringComparison.Ordinal))
            {
                throw Error($"{Shown.Character(Current)} in a value without quotes: put the value in double quotes");
            }

            _at++;
        }

        var text = _text[start.._at].Trim();
        return text.Length > 0 ? new HoconScalar(text, Quoted: false, _line) : throw Error($"a value is missing{Found()}");
    }

    private void Descend()
    {
        if (++_depth > MaxDepth)
        {
            throw Error($"blocks and lists are nested more than {MaxDepth} deep");
        }
    }
}
