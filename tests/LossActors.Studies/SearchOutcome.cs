using LossActors.Evolution.Candidates;

namespace LossActors.Studies;

/// <summary>How one search ended.</summary>
/// <param name="Evaluations">Candidates judged.</param>
/// <param name="Trained">Candidates trained.</param>
/// <param name="Winner">The finalist with the lowest mean error on fresh replicates.</param>
/// <param name="WinnerError">That mean, over the fresh replicates alone.</param>
/// <param name="BestFitness">The lowest fitness during the search (optimistic: the minimum of noisy values).</param>
internal sealed record SearchOutcome(int Evaluations, int Trained, Individual Winner, double WinnerError, double BestFitness);
