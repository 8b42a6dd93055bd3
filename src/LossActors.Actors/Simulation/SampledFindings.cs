using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Actors.Simulation;

/// <summary>
/// What a synthetic evaluator finds: drawn from a <see cref="Workload"/>, yet a pure function of seed, expression and stage, so that a candidate that is evaluated again
/// takes as long and ends as before.
/// </summary>
/// <param name="workload">What to draw from.</param>
/// <param name="seed">Another seed draws otherwise.</param>
internal sealed class SampledFindings(Workload workload, ulong seed)
{
    // So few fingerprints stand for all equivalent gradients that every island soon knows them.
    private const int KnownFingerprints = 4;

    /// <summary>The gates. A structure fares at them as one, whatever its coefficients; its gradients do depend on those.</summary>
    public Finding.Screened Screen(Expression expression)
    {
        var stream = Stream(ExpressionKey.Structure(expression), Stage.Screen);
        var sample = workload.Screens[stream.NextInt(workload.Screens.Length)];
        return new(sample.Gate, sample.Gate == Gate.Passed ? Fingerprint(Stream(ExpressionKey.Exact(expression), Stage.Screen)) : default, sample.Seconds);
    }

    /// <summary>
    /// A training. Small trees are a little better, or a search over chance alone would grow them without end. Islands refine elites, of which evolution has fewer, and more alike,
    /// than chance: as many as were not refined in the recorded run are said to have been stopped, at the last moment, and so are none.
    /// </summary>
    public Finding.Trained Train(Expression expression, int replicates)
    {
        var stream = Stream(ExpressionKey.Exact(expression), Stage.Train);
        var sample = workload.Trainings[stream.NextInt(workload.Trainings.Length)];
        var saved = sample.SavedSteps > 0 || stream.NextBool(workload.Elites) ? sample.SavedSteps : 1;
        var fitness = stream.NextDouble() + (0.02 * expression.Count);
        return sample.Diverged ? new([], sample.Steps, Diverged: true, sample.Seconds)
            : saved > 0 ? new([], sample.Steps, Diverged: false, sample.Seconds) { Curve = [fitness], SavedSteps = saved }
            : new([.. Enumerable.Repeat(fitness, replicates)], sample.Steps, Diverged: false, sample.Seconds);
    }

    /// <summary>A tuning of coefficients.</summary>
    public Finding Refine(Expression expression)
    {
        if (workload.Refinements.IsEmpty)
        {
            return new Finding.Failed("the workload has no refinements", Poisonous: false, Seconds: 0);
        }

        var stream = Stream(ExpressionKey.Exact(expression), Stage.Refine);
        var seconds = workload.Refinements[stream.NextInt(workload.Refinements.Length)];
        if (stream.NextBool(workload.Unchanged))
        {
            return new Finding.Refined(expression, 1, 1, 1, seconds);
        }

        double[] tuned = [.. expression.Weights.Select((w, i) => i == 0 ? w : w * (1 + (0.1 * stream.NextNormal())))];
        return new Finding.Refined(expression.WithWeights(tuned), 1, 0.9, 1, seconds);
    }

    private UInt128 Fingerprint(RandomStream stream) =>
        stream.NextBool(workload.Equivalent) ? (UInt128)(1 + stream.NextInt(KnownFingerprints)) : KnownFingerprints + 1 + (UInt128)stream.NextUInt64();

    private RandomStream Stream(ExpressionKey key, Stage stage) => RandomStream.For(seed, (ulong)key.Value, (ulong)stage, Purpose.Simulation);
}
