using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>How good a network is.</summary>
internal static class Metrics
{
    /// <summary>The error rate in [0, 1], or the mean squared error on the standardised target; NaN if an output is not finite.</summary>
    public static double Error(INetwork network, IReadOnlyList<Tensor> state, LearningPart part, Link link)
    {
        var total = 0.0;
        Inference.ForEachChunk(network, state, part, (logits, targets) => total += TotalError(link, logits, targets));
        return total / part.Count;
    }

    /// <summary>A network's outputs, row-major [instances, outputs].</summary>
    public static double[] Logits(INetwork network, IReadOnlyList<Tensor> state, LearningPart part)
    {
        var all = new List<double>(part.Count * network.Outputs);
        Inference.ForEachChunk(network, state, part, (logits, _) => all.AddRange(Vectors.ToDoubles(logits)));
        return [.. all];
    }

    // argmax takes NaN for the largest and comparisons take it for false, so a wrecked network would look like a constant one.
    private static double TotalError(Link link, Tensor logits, Tensor targets)
    {
        if (!logits.isfinite().all().ToBoolean())
        {
            return double.NaN;
        }

        return link switch
        {
            Link.Softmax => logits.argmax(1).ne(targets.argmax(1)).sum().ToDouble(),
            Link.Logistic => logits.gt(0).ne(targets.gt(0.5)).sum().ToDouble(),
            _ => (logits - targets).square().mean(new long[] { 1 }).sum().ToDouble(),
        };
    }
}
