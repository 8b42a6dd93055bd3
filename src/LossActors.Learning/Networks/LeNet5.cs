using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;

namespace LossActors.Learning.Networks;

/// <summary>
/// LeNet-5 (LeCun et al., 1998) as in Raymond et al.: two unpadded 5×5 convolutions with tanh and 2×2 average pooling, then
/// fully connected layers of 120, 84 and the outputs. 44,426 parameters for 1×28×28 images and ten classes.
/// </summary>
public sealed class LeNet5 : SequentialNetwork
{
    private static readonly ActivationLayer s_tanh = new(Activation.Tanh);

    /// <summary>Makes the network for images of a size.</summary>
    /// <param name="channels">Colour channels.</param>
    /// <param name="height">Height in pixels, at least 16.</param>
    /// <param name="width">Width in pixels, at least 16.</param>
    /// <param name="outputs">Outputs per instance.</param>
    public LeNet5(int channels, int height, int width, int outputs)
        : base("lenet5", Image(channels, height, width), [.. Convolutions, new FlattenLayer(), new DenseLayer(120), s_tanh, new DenseLayer(84), s_tanh, new DenseLayer(outputs)])
    {
    }

    /// <summary>The smallest height and width that leave a pixel after both convolutions and poolings.</summary>
    public const int SmallestSide = 16;

    private static ImmutableArray<Layer> Convolutions =>
    [
        new ConvolutionLayer(6, 5), s_tanh, new AveragePoolingLayer(2),
        new ConvolutionLayer(16, 5), s_tanh, new AveragePoolingLayer(2),
    ];

    private static ImmutableArray<int> Image(int channels, int height, int width)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SmallestSide);
        return [channels, height, width];
    }
}
