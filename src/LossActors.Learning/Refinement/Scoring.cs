using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>What a whole training on one task says of a loss.</summary>
/// <param name="place">The task.</param>
internal sealed class Scoring(Workplace place)
{
    // On 46 elites of digits, of the weights 0, 0.03, 0.1, 0.2, 0.4 and 1 those from 0.2 on chose more of the coefficients that were better on fresh networks.
    private const double ObjectiveWeight = 0.3;

    private readonly double[] _targets = place.Task.Shape.Link == Link.Identity || place.Protocol.Refinement.Objective == RefinementObjective.TaskLoss
        ? []
        : Vectors.ToDoubles(place.Task.Validation.Targets);

    /// <summary>
    /// The validation error (the mean over horizons) in the task's unit, and the score that choices are made by: the error, or error and objective. +∞ where the training failed. The network is disposed.
    /// </summary>
    public (double Error, double Score) Of(TrainedNetwork trained)
    {
        using (trained)
        {
            var error = trained.Diverged ? double.PositiveInfinity : Finite(trained.Errors(place.Task.Validation).Average() / place.ErrorUnit);
            return (error, double.IsFinite(error) ? Finite(Score(error, trained)) : error);
        }
    }

    private double Score(double error, TrainedNetwork trained) => _targets.Length == 0
        ? error
        : error + (ObjectiveWeight * new MetaObjective<double>(place.Task.Shape.Link, place.Network.Outputs, place.Protocol.Refinement.Objective)
            .Differentiate(trained.Logits(place.Task.Validation), _targets, new double[_targets.Length]));

    private static double Finite(double value) => double.IsFinite(value) ? value : double.PositiveInfinity;
}
