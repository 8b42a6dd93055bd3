using System.Diagnostics.CodeAnalysis;
using LossActors.Expressions.Parsing;
using LossActors.Expressions.Printing;

namespace LossActors.Expressions;

/// <content>Reading and writing as text.</content>
public sealed partial class Expression
{
    /// <summary>Reads an expression in function form or infix; <see cref="ExpressionParser"/> describes the grammar.</summary>
    /// <exception cref="ExpressionFormatException">The text is no expression.</exception>
    public static Expression Parse(string text) => ExpressionParser.Parse(text);

    /// <summary>Reads an expression, or says in one line why the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out string? error) =>
        ExpressionParser.TryParse(text, out expression, out error);

    /// <summary>The weighted function form, which <see cref="Parse"/> reads back exactly.</summary>
    public override string ToString() => ExpressionFormatter.WeightedFunction(this);
}
