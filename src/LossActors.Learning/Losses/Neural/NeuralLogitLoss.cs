using System.Numerics;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses.Neural;

/// <summary>A neural network as a loss of the logits: matrix products over all entries of a batch.</summary>
internal sealed class NeuralLogitLoss<T>(NeuralLoss network, Link link, int outputs) : LogitLoss<T>(link, outputs)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters = [.. network.Parameters.Select(T.CreateChecked)];

    /// <inheritdoc/>
    protected override T Differentiate(
        ReadOnlySpan<T> logits, ReadOnlySpan<T> predictions, ReadOnlySpan<T> targets, T scale, Span<T> gradient)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var layers = new NeuralLayers(Vectors.ToTensor<T>(_parameters));
        var (values, slopes) = layers.Differentiate(Vectors.ToTensor(targets), Vectors.ToTensor(predictions));
        Link.Chain(Outputs, predictions, Vectors.Of<T>(slopes), scale, gradient);
        return Vectors.Of<T>(values.sum())[0] * scale;
    }
}
