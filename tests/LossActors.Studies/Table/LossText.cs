using System.Globalization;
using System.Text.RegularExpressions;
using LossActors.Actors.Record;
using LossActors.Expressions;
using LossActors.Expressions.Printing;

namespace LossActors.Studies.Table;

/// <summary>Losses as cells hold them: infix, exact; a neural one by its name.</summary>
internal static partial class LossText
{
    /// <summary>The loss of a row of a hall of fame.</summary>
    public static string Of(HallOfFameRow row) =>
        Expression.TryParse(row.Expression, out var form, out _) ? ExpressionFormatter.Infix(form.WithWeights(row.Weights.AsSpan())) : row.Expression;

    /// <summary>Whether a text is all there is to know of its loss.</summary>
    public static bool IsExpression(string text) => Expression.TryParse(text, out _, out _);

    /// <summary>The same with four significant digits, and differences as people write them.</summary>
    public static string Short(string text) => Number().Replace(
        text, number => double.Parse(number.ValueSpan, CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture)).Replace("+ -", "- ", StringComparison.Ordinal);

    [GeneratedRegex(@"\d+\.\d{4,}(E-?\d+)?")]
    private static partial Regex Number();
}
