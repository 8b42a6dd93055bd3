using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Expressions.Canonical;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses;
using LossActors.Learning.Training;

namespace LossActors.Learning.Refinement;

/// <summary>Whole trainings by which one refinement judges coefficients, on networks and batches that neither the meta steps nor the fitness use.</summary>
/// <param name="places">The tasks, the main one first. Of several, errors and scores are weighted means, as a fitness is.</param>
/// <param name="untuned">The loss that is refined. Each structure has networks of its own, so that no unlucky pair of them errs for all.</param>
internal sealed class WholeTrainings(ImmutableArray<Workplace> places, LossFunction untuned)
{
    // 0 and 1 are the meta steps' batches, 2 the first coefficients.
    private const ulong Lane = 3;

    private readonly ulong _seed = Seed(places[0].Protocol.Seed, untuned);

    /// <summary>Training steps taken so far.</summary>
    public long Steps { get; private set; }

    /// <summary>
    /// Trains as many networks under each loss as a checkpoint has replicates. Rounds differ in their networks; within one, all losses train the same.
    /// </summary>
    /// <returns>Per loss and replicate: the validation error, and the score (error, or error and objective) that choices are made by; +∞ where a training failed.</returns>
    public (double[][] Errors, double[][] Scores) Round(int number, IReadOnlyList<LossFunction> losses, CancellationToken cancellation)
    {
        var replicates = places[0].Protocol.Refinement.CheckpointReplicates;
        double[][] errors = [.. losses.Select(_ => new double[replicates])], scores = [.. losses.Select(_ => new double[replicates])];
        foreach (var place in places)
        {
            var trainer = new Trainer(place.Network, place.Task, place.Protocol.Training, _seed, place.Protocol.Path);
            var scoring = new Scoring(place);
            for (var replicate = 0; replicate < replicates; replicate++)
            {
                var loss = 0;
                foreach (var together in losses.Chunk(place.LargestCohort))
                {
                    List<Trial> trials = [.. together.Select(one => new Trial(one, place.Protocol.Training.LearningRate))];
                    foreach (var trained in trainer.TrainCohort(trials, (number * replicates) + replicate, cancellation))
                    {
                        Steps += trained.Steps;
                        var (error, score) = scoring.Of(trained);
                        errors[loss][replicate] += place.Share * error;
                        scores[loss][replicate] += place.Share * score;
                        loss++;
                    }
                }
            }
        }

        return (errors, scores);
    }

    // A seed of its own keeps the fitness's initial weights and batches out.
    private static ulong Seed(ulong seed, LossFunction loss)
    {
        // All networks are of one structure.
        var key = loss is LossFunction.Symbolic symbolic ? ExpressionKey.Structure(symbolic.Expression).Value : 0;
        return RandomStream.For(seed ^ (ulong)key, (ulong)(key >> 64), Lane, Purpose.Refinement).NextUInt64();
    }
}
