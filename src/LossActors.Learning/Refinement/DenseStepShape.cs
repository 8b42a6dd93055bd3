namespace LossActors.Learning.Refinement;

/// <summary>The numbers that decide how a dense layer's step is represented.</summary>
/// <param name="Members">Networks that begin with the same weights.</param>
/// <param name="Inputs">Units below.</param>
/// <param name="Outputs">Units.</param>
/// <param name="InnerBatch">Instances of the step.</param>
/// <param name="OuterBatch">Instances after it.</param>
/// <param name="IsFirst">Whether all members see the same inputs.</param>
internal readonly record struct DenseStepShape(int Members, int Inputs, int Outputs, int InnerBatch, int OuterBatch, bool IsFirst)
{
    // Reading and writing a weight's numbers costs about as much as so many multiplications.
    private const int WeightTraffic = 64;

    /// <summary>Whether <see cref="LowRankStep{T}"/> costs less than <see cref="ExplicitStep{T}"/>.</summary>
    public bool IsCheaperInLowRank => LowRank < Explicit;

    // G and V, and products with W', V and (but for the first layer, below which nothing is asked for) W' again.
    private double Explicit => (double)Members * Inputs * Outputs * (WeightTraffic + (2 * InnerBatch) + ((IsFirst ? 2 : 3) * OuterBatch));

    // Products with W, with K, and what makes K; in the first layer two of these once for all.
    private double LowRank
    {
        get
        {
            var (pairs, weights) = ((double)InnerBatch * OuterBatch, (double)Inputs * Outputs * OuterBatch);
            return IsFirst
                ? (pairs * Inputs) + weights + (Members * 2 * pairs * Outputs)
                : Members * ((2 * weights) + (pairs * ((2 * Inputs) + (3 * Outputs))));
        }
    }
}
