using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A two-dimensional convolution with a square kernel.</summary>
/// <param name="Channels">Maps that come out.</param>
/// <param name="Kernel">The kernel's side in pixels.</param>
public sealed record ConvolutionLayer(int Channels, int Kernel) : Layer
{
    /// <summary>Zeros around the maps, in pixels.</summary>
    public int Padding { get; init; }

    /// <summary>Pixels from one place of the kernel to the next.</summary>
    public int Stride { get; init; } = 1;

    /// <summary>Whether each map has a bias. Before batch normalisation, which subtracts it again, it does nothing.</summary>
    public bool HasBias { get; init; } = true;

    /// <summary>How weights begin.</summary>
    public Initialisation Initialisation { get; init; }

    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input)
    {
        var (height, width) = new Window(Kernel, Stride, Padding).Places(input, "A convolution");
        return [Channels, height, width];
    }

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input)
    {
        ImmutableArray<long> weight = [Channels, input[0], Kernel, Kernel];
        return HasBias ? [weight, [Channels]] : [weight];
    }

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream)
    {
        // A convolution's fans count the kernel's pixels, as PyTorch has it.
        var pixels = Kernel * Kernel;
        yield return Initialisers.Draw(stream, Initialisation, Channels * input[0] * pixels, input[0] * pixels, Channels * pixels);
        if (HasBias)
        {
            yield return new float[Channels];
        }
    }

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) => OutputShape(input).Size() * input[0] * Kernel * Kernel;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        // What all members share is convolved with all their kernels at once; later each group of maps has its own member's.
        var (weight, bias) = (feed.Parameter(), HasBias ? feed.Parameter() : null);
        return nn.functional.conv2d(inputs, weight, bias, [Stride, Stride], [Padding, Padding], groups: inputs.shape[1] / input[0]);
    }
}
