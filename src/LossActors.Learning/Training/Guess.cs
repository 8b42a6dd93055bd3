using LossActors.Learning.Losses;
using LossActors.Learning.Networks;

namespace LossActors.Learning.Training;

/// <summary>What predictions are worth that know nothing of the inputs: the commonest class of the training part, or the mean target.</summary>
internal static class Guess
{
    /// <summary>Its validation error: error rate, or mean squared error (about 1, since targets are standardised).</summary>
    public static double Error(LearningTask task)
    {
        var outputs = task.Shape.Outputs;
        var (known, asked) = (Vectors.ToDoubles(task.Training.Targets), Vectors.ToDoubles(task.Validation.Targets));
        if (task.Shape.Link == Link.Identity)
        {
            return asked.Average(target => target * target);
        }

        var commonest = Class(Means(known, outputs));
        return asked.Chunk(outputs).Average(row => Class(row) == commonest ? 0.0 : 1);
    }

    /// <summary>The task loss of equal chances for all classes, or of the mean target.</summary>
    public static double Loss(TaskShape shape) => shape.Link switch
    {
        Link.Identity => 1,
        Link.Logistic => Math.Log(2),
        _ => Math.Log(shape.Outputs),
    };

    private static double[] Means(double[] targets, int outputs) =>
        [.. Enumerable.Range(0, outputs).Select(output => targets.Chunk(outputs).Average(row => row[output]))];

    // One output: the chance of the second of two classes.
    private static int Class(double[] chances) => chances.Length == 1 ? (chances[0] > 0.5 ? 1 : 0) : Array.IndexOf(chances, chances.Max());
}
