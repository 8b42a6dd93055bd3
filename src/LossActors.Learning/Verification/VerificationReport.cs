using System.Collections.Immutable;

namespace LossActors.Learning.Verification;

/// <summary>How a file of golden vectors compares with what is computed here.</summary>
/// <param name="Kind"><c>expressions</c> or <c>training</c>.</param>
/// <param name="Precision"><c>double</c> or <c>float</c>.</param>
/// <param name="Tolerance">A row agrees when its error is no larger.</param>
/// <param name="Rows">One entry per row of the file, in order.</param>
public sealed record VerificationReport(string Kind, string Precision, double Tolerance, ImmutableArray<RowAgreement> Rows)
{
    /// <summary>Rows that agree.</summary>
    public int Agreeing => Rows.Count(row => row.Agrees(Tolerance));

    /// <summary>Whether all rows agree; in single precision, where rounding can turn a comparison, whether 99 % do.</summary>
    public bool Holds => Precision == "float" ? Agreeing >= 0.99 * Rows.Length : Agreeing == Rows.Length;

    /// <summary>The largest error of all rows.</summary>
    public double WorstError => Rows.IsEmpty ? 0 : Rows.Max(row => row.Error);
}
