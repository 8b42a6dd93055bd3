using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Losses.Neural;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>A neural network as the loss: matrix products over all entries of a batch.</summary>
internal sealed class NeuralInnerLoss<T> : IInnerLoss<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly T[] _parameters = new T[NeuralLoss.ParameterCount];

    /// <inheritdoc/>
    public void Begin(ReadOnlySpan<double> parameters)
    {
        for (var i = 0; i < _parameters.Length; i++)
        {
            _parameters[i] = T.CreateChecked(parameters[i]);
        }
    }

    /// <inheritdoc/>
    public void Differentiate(ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, Span<T> slopes)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        Vectors.Of<T>(Layers().Differentiate(Vectors.ToTensor(targets), Vectors.ToTensor(predictions)).Slopes).CopyTo(slopes);
    }

    /// <inheritdoc/>
    public void AddMixed(
        ReadOnlySpan<T> targets, ReadOnlySpan<T> predictions, ReadOnlySpan<T> tangents, double factor, Span<double> gradient, Span<T> slopes, Span<T> slopeTangents)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var along = Layers().DifferentiateAlong(Vectors.ToTensor(targets), Vectors.ToTensor(predictions), Vectors.ToTensor(tangents));
        Vectors.Of<T>(along.Slopes).CopyTo(slopes);
        Vectors.Of<T>(along.SlopeTangents).CopyTo(slopeTangents);
        var mixed = Vectors.Of<T>(along.Mixed);
        for (var i = 0; i < gradient.Length; i++)
        {
            gradient[i] += factor * double.CreateChecked(mixed[i]);
        }
    }

    private NeuralLayers Layers() => new(Vectors.ToTensor<T>(_parameters));
}
