using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Training.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The outputs of a network on a part of the data, chunk by chunk.</summary>
internal static class Inference
{
    // Enough to be quick, few enough that a large network's layers stay within so many bytes.
    private const int MostRows = 2000;
    private const long Memory = 512L << 20;

    // Layers with rules of their own pass a batch on in blocks that stay in the cache; a chunk of them is no larger than a batch of a training.
    private const int RowsByRules = 128;

    /// <summary>Hands on each chunk's logits, [instances, outputs], beside its targets. Both are gone afterwards.</summary>
    /// <param name="network">Which.</param>
    /// <param name="state">Parameters, then buffers.</param>
    /// <param name="part">The data.</param>
    /// <param name="look">Gets logits and targets.</param>
    public static void ForEachChunk(INetwork network, IReadOnlyList<Tensor> state, LearningPart part, Action<Tensor, Tensor> look)
    {
        using var quiet = no_grad();
        switch (network, part.Inputs.device.type, part.Inputs.dtype)
        {
            case (SequentialNetwork layers, DeviceType.CPU, ScalarType.Float32) when LayerRules.Cover(layers):
                ByRules<float>(layers, state, part, look);
                break;
            case (SequentialNetwork layers, DeviceType.CPU, ScalarType.Float64) when LayerRules.Cover(layers):
                ByRules<double>(layers, state, part, look);
                break;
            default:
                ByLibTorch(network, state, part, look);
                break;
        }
    }

    private static void ByLibTorch(INetwork network, IReadOnlyList<Tensor> state, LearningPart part, Action<Tensor, Tensor> look)
    {
        var chunk = (int)Math.Clamp(Memory / (part.Inputs.ElementSize * network.Activations), 1, MostRows);
        for (var first = 0; first < part.Count; first += chunk)
        {
            using var scope = NewDisposeScope();
            var rows = Math.Min(chunk, part.Count - first);
            look(network.Forward(part.Inputs.narrow(0, first, rows), state, ForwardPass.Evaluation), part.Targets.narrow(0, first, rows));
        }
    }

    private static void ByRules<T>(SequentialNetwork network, IReadOnlyList<Tensor> state, LearningPart part, Action<Tensor, Tensor> look)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var whole = part.Count - (part.Count % RowsByRules);
        Pass(RowsByRules, 0, whole);
        Pass(part.Count - whole, whole, part.Count);

        void Pass(int rows, int from, int to)
        {
            if (from == to)
            {
                return;
            }

            using var layers = new SequentialBackpropagation<T>(network, rows);
            Load(layers.Weights, state);
            for (var first = from; first < to; first += rows)
            {
                using var scope = NewDisposeScope();
                var logits = Vectors.ToTensor(layers.Forward(part.Inputs.narrow(0, first, rows)));
                look(logits.view(rows, network.Outputs), part.Targets.narrow(0, first, rows));
            }
        }
    }

    private static void Load<T>(Span<T> weights, IReadOnlyList<Tensor> state)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        var offset = 0;
        foreach (var parameter in state)
        {
            var entries = Vectors.Of<T>(parameter.detach().contiguous());
            entries.CopyTo(weights[offset..]);
            offset += entries.Length;
        }
    }
}
