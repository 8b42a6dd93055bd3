using System.Globalization;
using LossActors.Actors.Record;
using LossActors.Expressions;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Output;

/// <summary>Losses as people read them.</summary>
internal static class LossText
{
    /// <summary>The expression of a row of the record, with its coefficients.</summary>
    public static Expression Of(HallOfFameRow row) => Expression.Parse(row.Expression).WithWeights(row.Weights.AsSpan());

    /// <summary>The expression of a candidate, with its coefficients.</summary>
    public static Expression Of(CandidateRow row) => Expression.Parse(row.Expression).WithWeights(row.Weights.AsSpan());

    /// <summary>Infix, coefficients to four digits.</summary>
    public static string Short(Expression loss) => ExpressionFormatter.Infix(Rounded(loss));

    /// <summary>The same tree with coefficients of four significant digits.</summary>
    public static Expression Rounded(Expression loss) => loss.WithWeights([.. loss.Weights.Select(Round)]);

    private static double Round(double weight) =>
        double.Parse(weight.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
