using LossActors.Evolution.Candidates;

namespace LossActors.Studies;

/// <summary>How one search ended.</summary>
/// <param name="Judged">All candidates, in the order in which they were judged.</param>
/// <param name="Winner">The finalist with the lowest mean error on fresh replicates.</param>
/// <param name="WinnerError">That mean, over the fresh replicates alone.</param>
/// <param name="BestFitness">The lowest fitness during the search (optimistic: the minimum of noisy values).</param>
internal sealed record SearchOutcome(IReadOnlyList<JudgedLoss> Judged, Individual Winner, double WinnerError, double BestFitness)
{
    /// <summary>Candidates judged.</summary>
    public int Evaluations => Judged.Count;

    /// <summary>Candidates trained to the end.</summary>
    public int Trained => Judged.Count(j => j.IsTrained);
}
