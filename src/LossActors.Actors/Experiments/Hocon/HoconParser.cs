using System.Collections.Immutable;

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

    private readonly HoconScanner _scan;
    private readonly string _notInBareValues;
    private int _depth;

    private HoconParser(string text, string notInBareValues)
    {
        _scan = new HoconScanner(text);
        _notInBareValues = notInBareValues;
    }

    /// <summary>Reads a whole file.</summary>
    /// <exception cref="HoconException">The text is broken.</exception>
    public static HoconObject ParseFile(string text)
    {
        var parser = new HoconParser(text, NotInBareValues);
        parser._scan.SkipBlank();
        if (parser._scan.Current != '{')
        {
            var root = new HoconObject(1);
            parser.ParseFields(root, opened: 0);
            return root;
        }

        var block = parser.ParseObject();
        parser._scan.SkipBlank();
        return parser._scan.AtEnd ? block : throw parser._scan.Error($"{Shown.Character(parser._scan.Current)} after the end of the outermost block: is a brace too many above?");
    }

    /// <summary>Reads one value as given on the command line, where a bare value may hold colons and the like (<c>[cuda:0]</c>).</summary>
    /// <exception cref="HoconException">The text is broken.</exception>
    public static HoconValue ParseValue(string text)
    {
        var parser = new HoconParser(text, "{[\"");
        parser._scan.SkipBlank();
        var value = parser.ParseAnyValue();
        parser._scan.SkipBlank();
        return parser._scan.AtEnd ? value : throw parser._scan.Error($"{Shown.Text(parser._scan.Rest)} after the end of the value");
    }

    private HoconObject ParseObject()
    {
        Descend();
        var block = new HoconObject(_scan.Line);
        _scan.Advance();
        ParseFields(block, opened: block.Line);
        _depth--;
        return block;
    }

    // opened: the line of the brace that must be closed; 0 at the top of a file without one.
    private void ParseFields(HoconObject into, int opened)
    {
        _scan.SkipBlank();
        while (true)
        {
            if (_scan.AtEnd)
            {
                if (opened > 0)
                {
                    throw new HoconException(opened, "'{' is never closed: a '}' is missing");
                }

                return;
            }

            if (_scan.Current == '}')
            {
                if (opened == 0)
                {
                    throw _scan.Error("'}' without a '{' before it");
                }

                _scan.Advance();
                return;
            }

            ParseField(into);
            SkipSeparator('}');
        }
    }

    private void ParseField(HoconObject into)
    {
        var path = ParsePath();
        _scan.SkipSpaces();
        if (_scan.Current == '{')
        {
            into.Set(path, ParseObject());
            return;
        }

        if (path is ["include"] && _scan.Current is not ('=' or ':'))
        {
            throw _scan.Error("include is not supported in experiments: write the settings into this file");
        }

        if (_scan.Current == '+')
        {
            throw _scan.Error($"'+=' is not supported: give {Shown.Text(string.Join('.', path))} its whole value with '='");
        }

        if (_scan.Current is not ('=' or ':'))
        {
            throw _scan.Error($"expected '=' or '{{' after {Shown.Text(string.Join('.', path))}{_scan.Found()}");
        }

        _scan.Advance();
        _scan.SkipBlank();
        into.Set(path, ParseAnyValue());
    }

    private string[] ParsePath()
    {
        var path = new List<string>();
        while (true)
        {
            if (_scan.Current == '"')
            {
                path.Add(_scan.ReadQuoted());
            }
            else
            {
                var start = _scan.At;
                while (char.IsAsciiLetterOrDigit(_scan.Current) || _scan.Current is '-' or '_')
                {
                    _scan.Advance();
                }

                if (_scan.At == start)
                {
                    throw _scan.Error($"expected a key{_scan.Found()}");
                }

                path.Add(_scan.TextFrom(start));
            }

            if (path.Count > MaxDepth)
            {
                throw _scan.Error($"a key of more than {MaxDepth} parts");
            }

            if (_scan.Current != '.')
            {
                return [.. path];
            }

            _scan.Advance();
        }
    }

    private HoconValue ParseAnyValue() => _scan.Current switch
    {
        _ when _scan.AtEnd => throw _scan.Error("a value is missing at the end"),
        '{' => ParseObject(),
        '[' => ParseList(),
        '"' => ParseQuotedScalar(),
        _ => ParseBare(),
    };

    private HoconList ParseList()
    {
        Descend();
        var opened = _scan.Line;
        var items = ImmutableArray.CreateBuilder<HoconValue>();
        _scan.Advance();
        _scan.SkipBlank();
        while (_scan.Current != ']')
        {
            if (_scan.AtEnd)
            {
                throw new HoconException(opened, "'[' is never closed: a ']' is missing");
            }

            items.Add(ParseAnyValue());
            SkipSeparator(']');
        }

        _scan.Advance();
        _depth--;
        return new HoconList(items.ToImmutable(), opened);
    }

    private void SkipSeparator(char closing)
    {
        var newLine = _scan.SkipBlank();
        if (_scan.Current == ',')
        {
            _scan.Advance();
            _scan.SkipBlank();
        }
        else if (!newLine && _scan.Current != closing)
        {
            throw _scan.Error($"expected a comma, a new line or '{closing}'{_scan.Found()}");
        }
    }

    private HoconScalar ParseQuotedScalar()
    {
        var line = _scan.Line;
        var text = _scan.ReadQuoted();
        _scan.SkipSpaces();
        return _scan.AtEnd || _scan.Current is '\n' or ',' or '}' or ']' || _scan.AtComment
            ? new HoconScalar(text, Quoted: true, line)
            : throw _scan.Error($"text after a closing quote{_scan.Found()}: put the whole value between one pair of quotes");
    }

    private HoconScalar ParseBare()
    {
        var start = _scan.At;
        while (!_scan.AtEnd && _scan.Current is not ('\n' or ',' or '}' or ']') && !_scan.AtComment)
        {
            if (_scan.Current == '$' && _scan.Next == '{')
            {
                throw _scan.Error("substitutions (${…}) are not supported in experiments: write the value itself");
            }

            if (_notInBareValues.Contains(_scan.Current, StringComparison.Ordinal))
            {
                throw _scan.Error($"{Shown.Character(_scan.Current)} in a value without quotes: put the value in double quotes");
            }

            _scan.Advance();
        }

        var text = _scan.TextFrom(start).Trim();
        return text.Length > 0 ? new HoconScalar(text, Quoted: false, _scan.Line) : throw _scan.Error($"a value is missing{_scan.Found()}");
    }

    private void Descend()
    {
        if (++_depth > MaxDepth)
        {
            throw _scan.Error($"blocks and lists are nested more than {MaxDepth} deep");
        }
    }
}
