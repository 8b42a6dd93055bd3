using System.Globalization;
using LossActors.Expressions;

namespace LossActors.Actors.Persistence;

/// <summary>
/// The journal's own text of an expression: its nodes in Polish notation, <c>mul log*0.98 f y</c>, where a coefficient follows its node
/// unless it is 1. It needs no parser of the human forms, so a journal stays readable whatever becomes of those.
/// </summary>
internal static class PolishText
{
    /// <summary>Writes every coefficient so that it reads back bit for bit.</summary>
    public static string Write(Expression expression) => string.Join(' ', expression.Select(Write));

    /// <summary>Reads what <see cref="Write(Expression)"/> wrote.</summary>
    /// <exception cref="FormatException">The text is no such expression.</exception>
    public static Expression Read(string text)
    {
        try
        {
            return new Expression([.. text.Split(' ').Select(ReadNode)]);
        }
        catch (ArgumentException e)
        {
            throw new FormatException($"'{text}' is no expression: {e.Message}", e);
        }
    }

    private static string Write(Node node) => node.Coefficient.Equals(1.0)
        ? node.Primitive.Name()
        : string.Create(CultureInfo.InvariantCulture, $"{node.Primitive.Name()}*{node.Coefficient:R}");

    private static Node ReadNode(string token)
    {
        var star = token.IndexOf('*', StringComparison.Ordinal);
        var name = star < 0 ? token : token[..star];
        return Primitives.TryParse(name, out var primitive)
            ? new Node(primitive, star < 0 ? 1.0 : double.Parse(token.AsSpan(star + 1), NumberStyles.Float, CultureInfo.InvariantCulture))
            : throw new FormatException($"unknown primitive '{name}'");
    }
}
