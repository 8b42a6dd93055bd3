using LossActors.Learning.Losses;

namespace LossActors.Learning.Refinement;

/// <summary>What came of tuning one loss.</summary>
/// <param name="Kept">The loss to go on with, which is as it came where whole trainings found nothing better; null: not even the first meta-gradient was finite.</param>
/// <param name="Before">Mean validation error of networks trained under the loss as it came; +∞ if one of them failed, NaN where no whole training was asked.</param>
/// <param name="After">The same of the kept one, on the same networks.</param>
/// <param name="MetaSteps">Meta steps taken.</param>
/// <param name="TrainedSteps">Training steps taken: the inner steps of every meta step, and those of the whole trainings that chose.</param>
internal sealed record TuningOutcome(LossFunction? Kept, double Before, double After, int MetaSteps, long TrainedSteps);
