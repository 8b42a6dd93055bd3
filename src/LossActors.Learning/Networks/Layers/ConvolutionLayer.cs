using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>A two-dimensional convolution with bias: square kernel, no padding, stride 1.</summary>
/// <param name="Channels">Maps that come out.</param>
/// <param name="Kernel">The kernel's side in pixels.</param>
public sealed record ConvolutionLayer(int Channels, int Kernel) : Layer
{
    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) =>
        input is [_, var height, var width] && Math.Min(height, width) >= Kernel
            ? [Channels, height - Kernel + 1, width - Kernel + 1]
            : throw new NetworkException($"A {Kernel}×{Kernel} convolution needs maps of at least its size, not [{string.Join(", ", input)}].");

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) =>
        [[Channels, input[0], Kernel, Kernel], [Channels]];

    /// <inheritdoc/>
    public override long MultiplyAdds(ImmutableArray<int> input) =>
        OutputShape(input).Aggregate(1L, (product, size) => product * size) * input[0] * Kernel * Kernel;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ReadOnlySpan<Tensor> parameters) => nn.functional.conv2d(inputs, parameters[0], parameters[1]);
}
