using System.Globalization;

namespace LossActors.Expressions.Parsing;

/// <summary>
/// A recursive descent over one text. Nodes are appended in Polish notation; an infix operator, known only after its left
/// operand, is inserted before it. Each rule returns the height of what it read, so that depth is bounded on the way.
/// </summary>
internal ref struct ExpressionReader(string text)
{
    private readonly string _text = text;
    private readonly List<Node> _nodes = [];
    private int _position;
    private int _nesting;

    public Expression ReadAll()
    {
        ReadSum();
        if (Peek() != '\0' || _position < _text.Length)
        {
            throw Error($"found {Found()} after the end of the expression; expected an operator (+ - * /) or the end");
        }

        return new Expression([.. _nodes]);
    }

    private int ReadSum()
    {
        var start = _nodes.Count;
        var height = ReadProduct();
        while (Peek() is '+' or '-')
        {
            var primitive = _text[_position++] == '+' ? Primitive.Add : Primitive.Sub;
            height = Join(primitive, start, height, ReadProduct());
        }

        return height;
    }

    private int ReadProduct()
    {
        var start = _nodes.Count;
        var height = ReadFactor();
        while (Peek() is '*' or '/')
        {
            var primitive = _text[_position++] == '*' ? Primitive.Mul : Primitive.Div;
            height = Join(primitive, start, height, ReadFactor());
        }

        return height;
    }

    private int ReadFactor()
    {
        var weight = 1.0;
        while (true)
        {
            var negative = false;
            while (Accept('-'))
            {
                negative = !negative;
            }

            if (!char.IsAsciiDigit(Peek()) && Peek() != '.')
            {
                var start = _nodes.Count;
                var height = ReadPrimary();
                Scale(start, negative ? -weight : weight);
                return height;
            }

            var number = negative ? -ReadNumber() : ReadNumber();
            if (!Accept('*'))
            {
                Append(number == -1.0 ? Primitive.MinusOne : Primitive.One);
                Scale(_nodes.Count - 1, number == -1.0 ? weight : weight * number);
                return 0;
            }

            weight *= number;
        }
    }

    private int ReadPrimary()
    {
        if (char.IsAsciiLetter(Peek()))
        {
            return ReadName();
        }

        if (!Accept('('))
        {
            throw Error($"found {Found()} where an operand belongs; write y, f, a number, a function call or ( )");
        }

        Enter();
        var height = ReadSum();
        Expect(')', "close the parenthesis");
        _nesting--;
        return height;
    }

    private int ReadName()
    {
        var start = _position;
        while (_position < _text.Length && char.IsAsciiLetterOrDigit(_text[_position]))
        {
            _position++;
        }

        var name = _text[start.._position];
        if (!Primitives.TryParse(name, out var primitive))
        {
            _position = start;
            throw Error($"unknown name '{Shorten(name)}'; use y, f, {string.Join(", ", Primitives.Functions.Select(p => p.Name()))}");
        }

        Append(primitive);
        return primitive.Arity() == 0 ? ReadTerminalTail(primitive) : 1 + ReadArguments(primitive);
    }

    private int ReadTerminalTail(Primitive terminal)
    {
        if (terminal == Primitive.F && Accept('('))
        {
            if (!Accept('x'))
            {
                throw Error($"found {Found()} after f(; the prediction is written f or f(x)");
            }

            Expect(')', "complete f(x)");
        }

        return 0;
    }

    private int ReadArguments(Primitive function)
    {
        Expect('(', $"give {function.Name()} its {Plural(function.Arity())}");
        Enter();
        var height = ReadSum();
        for (var i = 1; i < function.Arity(); i++)
        {
            Expect(',', $"give {function.Name()} its {Plural(function.Arity())}");
            height = Math.Max(height, ReadSum());
        }

        Expect(')', $"close {function.Name()}, which takes {Plural(function.Arity())}");
        _nesting--;
        return height;
    }

    private double ReadNumber()
    {
        var start = _position;
        SkipDigits();
        if (_position < _text.Length && _text[_position] == '.')
        {
            _position++;
            SkipDigits();
        }

        if (_position < _text.Length && _text[_position] is 'e' or 'E')
        {
            _position++;
            if (_position < _text.Length && _text[_position] is '+' or '-')
            {
                _position++;
            }

            SkipDigits();
        }

        var literal = _text.AsSpan(start, _position - start);
        if (double.TryParse(literal, NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number))
        {
            return number;
        }

        _position = start;
        throw Error($"'{Shorten(literal.ToString())}' is not a finite number; write one such as 0.98 or 1.5e-3");
    }

    private void SkipDigits()
    {
        while (_position < _text.Length && char.IsAsciiDigit(_text[_position]))
        {
            _position++;
        }
    }

    private void Append(Primitive primitive)
    {
        CheckRoom();
        _nodes.Add(new Node(primitive));
    }

    private readonly int Join(Primitive primitive, int start, int left, int right)
    {
        CheckRoom();
        _nodes.Insert(start, new Node(primitive));
        var height = 1 + Math.Max(left, right);
        return height <= ExpressionLimits.MaxDepth ? height : throw TooDeep();
    }

    private readonly void Scale(int node, double weight)
    {
        var coefficient = _nodes[node].Coefficient * weight;
        if (!double.IsFinite(coefficient))
        {
            throw Error("the factors before this operand multiply to infinity; write a finite weight");
        }

        _nodes[node] = _nodes[node] with { Coefficient = coefficient };
    }

    private void Enter()
    {
        if (++_nesting > ExpressionLimits.MaxDepth)
        {
            throw TooDeep();
        }
    }

    private readonly void CheckRoom()
    {
        if (_nodes.Count >= ExpressionLimits.MaxNodes)
        {
            throw Error($"more than {ExpressionLimits.MaxNodes} nodes; simplify the expression");
        }
    }

    private char Peek()
    {
        while (_position < _text.Length && _text[_position] is ' ' or '\t' or '\r' or '\n')
        {
            _position++;
        }

        return _position < _text.Length ? _text[_position] : '\0';
    }

    private bool Accept(char symbol)
    {
        if (Peek() != symbol || _position == _text.Length)
        {
            return false;
        }

        _position++;
        return true;
    }

    private void Expect(char symbol, string purpose)
    {
        if (!Accept(symbol))
        {
            throw Error($"found {Found()} where '{symbol}' belongs; write '{symbol}' to {purpose}");
        }
    }

    private readonly string Found() =>
        _position == _text.Length ? "the end"
        : _text[_position] is > ' ' and < '\x7f' ? $"'{_text[_position]}'"
        : $"character U+{(int)_text[_position]:X4}";

    private static string Plural(int arity) => arity == 1 ? "one argument" : "two arguments separated by ','";

    private static string Shorten(string token) => token.Length <= 24 ? token : token[..24] + "…";

    private readonly ExpressionFormatException TooDeep() =>
        Error($"deeper than {ExpressionLimits.MaxDepth} levels; simplify the expression");

    private readonly ExpressionFormatException Error(string problem) => new(problem, _position);
}
