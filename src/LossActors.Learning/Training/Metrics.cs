using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>How good a network is.</summary>
internal static class Metrics
{
    // Enough to be quick, few enough that a large network's layers stay within so many bytes.
    private const int MostRows = 2000;
    private const long Memory = 512L << 20;

    /// <summary>The error rate in [0, 1], or the mean squared error on the standardised target; NaN if an output is not finite.</summary>
    public static double Error(INetwork network, IReadOnlyList<Tensor> state, LearningPart part, Link link)
    {
        var total = 0.0;
        ForEachChunk(network, state, part, (logits, targets) => total += TotalError(link, logits, targets));
        return total / part.Count;
    }

    /// <summary>A network's outputs, row-major [instances, outputs].</summary>
    public static double[] Logits(INetwork network, IReadOnlyList<Tensor> state, LearningPart part)
    {
        var all = new List<double>(part.Count * network.Outputs);
        ForEachChunk(network, state, part, (logits, _) => all.AddRange(Vectors.ToDoubles(logits)));
        return [.. all];
    }

    private static void ForEachChunk(INetwork network, IReadOnlyList<Tensor> state, LearningPart part, Action<Tensor, Tensor> look)
    {
        using var quiet = no_grad();
        var chunk = (int)Math.Clamp(Memory / (part.Inputs.ElementSize * network.Activations), 1, MostRows);
        for (var first = 0; first < part.Count; first += chunk)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(chunk, part.Count - first);
            look(network.Forward(part.Inputs.narrow(0, first, rows), state, ForwardPass.Evaluation), part.Targets.narrow(0, first, rows));
        }
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
