using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Racing;
using LossActors.Expressions;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// What a slot needs of a bench: the seam where tests put a synthetic one, and faults are injected. Used by one thread only. Everything is done for several candidates
/// together; there is one finding for each, in their order, and none depends on the others but by rounding.
/// </summary>
public interface IEvaluatorBench : IDisposable
{
    /// <summary>The most candidates that it does well together.</summary>
    Appetite Capacity { get; }

    /// <summary>The same bench for some of the search's tasks. It ends with the bench that it is of.</summary>
    IEvaluatorBench On(TaskSet tasks);

    /// <summary>The gates. Answers <see cref="Finding.Screened"/>.</summary>
    ImmutableArray<Finding> Screen(ImmutableArray<Expression> expressions, CancellationToken cancellation);

    /// <summary>Trains fresh networks. Answers <see cref="Finding.Trained"/>.</summary>
    ImmutableArray<Finding> Train(ImmutableArray<Entrant> entrants, int firstReplicate, int replicates, CancellationToken cancellation);

    /// <summary>Tunes the coefficients. Answers <see cref="Finding.Refined"/>.</summary>
    ImmutableArray<Finding> Refine(ImmutableArray<Expression> expressions, CancellationToken cancellation);

    /// <summary>Trains neural losses, one after the other, and then fresh networks under each. Answers <see cref="LearnedLoss"/>.</summary>
    ImmutableArray<Finding> Learn(ImmutableArray<NeuralLoss> starts, int replicates, CancellationToken cancellation);

    /// <summary>Trains fresh networks under neural losses. Answers <see cref="Finding.Trained"/>.</summary>
    ImmutableArray<Finding> TrainNeural(ImmutableArray<NeuralLoss> losses, int firstReplicate, int replicates, CancellationToken cancellation);

    /// <summary>Trains under the task loss, once per learning rate. Answers <see cref="Finding.Trained"/>.</summary>
    ImmutableArray<Finding> TrainBaseline(ImmutableArray<double> learningRates, int firstReplicate, int replicates, CancellationToken cancellation);
}
