using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks;

/// <summary>
/// LeNet-5 (LeCun et al., 1998) as in Raymond et al.: two unpadded 5×5 convolutions with tanh and 2×2 average pooling, then
/// fully connected layers of 120, 84 and the outputs. 44,426 parameters for 1×28×28 images and ten classes.
/// </summary>
public sealed class LeNet5 : INetwork
{
    private const int Kernel = 5;
    private static readonly long[] s_pool = [2, 2];
    private readonly long[] _image;
    private readonly int _flat;

    /// <summary>Makes the network for images of a size.</summary>
    /// <param name="channels">Colour channels.</param>
    /// <param name="height">Height in pixels, at least 16.</param>
    /// <param name="width">Width in pixels, at least 16.</param>
    /// <param name="outputs">Outputs per instance.</param>
    public LeNet5(int channels, int height, int width, int outputs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(height, SmallestSide);
        ArgumentOutOfRangeException.ThrowIfLessThan(width, SmallestSide);
        _image = [-1, channels, height, width];
        _flat = 16 * Shrink(Shrink(height)) * Shrink(Shrink(width));
        Outputs = outputs;
        ParameterShapes =
        [
            [6, channels, Kernel, Kernel], [6],
            [16, 6, Kernel, Kernel], [16],
            [120, _flat], [120],
            [84, 120], [84],
            [outputs, 84], [outputs],
        ];
    }

    /// <summary>The smallest height and width that leave a pixel after both convolutions and poolings.</summary>
    public const int SmallestSide = 16;

    /// <inheritdoc/>
    public string Name => "lenet5";

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public ImmutableArray<ImmutableArray<long>> ParameterShapes { get; }

    /// <inheritdoc/>
    public float[][] Initialise(RandomStream stream) =>
    [
        .. ParameterShapes.Select(shape =>
        {
            // A convolution's fans count the kernel's pixels, as PyTorch has it.
            var pixels = (int)shape.Skip(2).Size();
            return shape.Length == 1
                ? new float[shape[0]]
                : Initialisers.XavierUniform(stream, (int)shape.Size(), (int)shape[1] * pixels, (int)shape[0] * pixels);
        }),
    ];

    /// <inheritdoc/>
    public Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> weights)
    {
        var maps = inputs.view(_image);
        for (var layer = 0; layer < 2; layer++)
        {
            maps = nn.functional.conv2d(maps, weights[2 * layer], weights[(2 * layer) + 1]).tanh();
            maps = nn.functional.avg_pool2d(maps, s_pool);
        }

        var outputs = maps.view(-1, _flat);
        outputs = nn.functional.linear(outputs, weights[4], weights[5]).tanh();
        outputs = nn.functional.linear(outputs, weights[6], weights[7]).tanh();
        return nn.functional.linear(outputs, weights[8], weights[9]);
    }

    private static int Shrink(int side) => (side - Kernel + 1) / 2;
}
