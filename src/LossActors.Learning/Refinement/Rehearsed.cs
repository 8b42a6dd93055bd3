using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>What whole trainings say of a tuning.</summary>
/// <param name="Kept">The loss to go on with; the untuned one where none is better.</param>
/// <param name="Before">Mean validation error of networks trained under the untuned loss; +∞ if one of them failed, NaN where no whole training was asked.</param>
/// <param name="After">The same of the kept loss, on the same networks: those that made the choice where the untuned loss was kept, fresh ones otherwise.</param>
internal sealed record Rehearsed(LossFunction Kept, double Before, double After);
