namespace LossActors.Learning.Verification;

/// <summary>One row of golden vectors beside what is computed here.</summary>
/// <param name="Line">Its line in the file, from 1.</param>
/// <param name="Error">The largest error |a − b| / max(1, |a|, |b|) of its numbers (meta-gradients: relative to their largest entry); +∞ where only one of two is finite.</param>
/// <param name="Worst">Which number has it: <c>value (compiled)</c>, <c>meta_gradient</c>, …</param>
public sealed record RowAgreement(int Line, double Error, string Worst)
{
    /// <summary>Whether the error is within a tolerance.</summary>
    public bool Agrees(double tolerance) => Error <= tolerance;
}
