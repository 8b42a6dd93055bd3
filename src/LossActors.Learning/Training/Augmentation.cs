using System.Collections.Immutable;
using System.Runtime.InteropServices;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Protocols;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Varies training images, on whatever device they are: a random crop after zero padding, then a horizontal flip, as is usual on CIFAR (He et al., <i>Deep Residual Learning for Image
/// Recognition</i>, 2016). Zero is the training part's mean.
/// </summary>
/// <param name="settings">What is done.</param>
/// <param name="shape">Channels, height and width.</param>
internal sealed class Augmentation(AugmentationSettings settings, ImmutableArray<int> shape)
{
    private readonly (int Channels, int Height, int Width) _shape = (shape[0], shape[1], shape[2]);

    /// <summary>Draws what is done to each image of a batch.</summary>
    public Distortion[] Draw(RandomStream stream, int count)
    {
        var distortions = new Distortion[count];
        for (var i = 0; i < count; i++)
        {
            distortions[i] = new Distortion(Offset(stream), Offset(stream), settings.Flip && stream.NextBool(0.5));
        }

        return distortions;
    }

    /// <summary>The varied images, [count, features]; in the caller's dispose scope.</summary>
    /// <param name="inputs">[count, features].</param>
    /// <param name="distortions">One per image.</param>
    public Tensor Apply(Tensor inputs, Distortion[] distortions) =>
        inputs.device_type != DeviceType.CPU ? OnDevice(inputs, distortions)
            : inputs.dtype == ScalarType.Float64 ? OnHost<double>(inputs, distortions)
            : OnHost<float>(inputs, distortions);

    // Row by row: several times as fast as by tensor operations.
    internal Tensor OnHost<T>(Tensor inputs, Distortion[] distortions)
        where T : unmanaged
    {
        using var scope = NewDisposeScope();
        var (channels, height, width) = _shape;
        var result = zeros_like(inputs);
        var from = MemoryMarshal.Cast<byte, T>(inputs.contiguous().bytes);
        var to = MemoryMarshal.Cast<byte, T>(result.bytes);
        for (var line = 0; line < distortions.Length * channels * height; line++)
        {
            var (row, column, isMirrored) = distortions[line / (channels * height)];
            var y = line % height;
            if (y + row < 0 || y + row >= height)
            {
                continue;
            }

            var first = Math.Max(0, -column);
            var target = to.Slice(line * width, width);
            from.Slice(((line + row) * width) + first + column, width - Math.Abs(column)).CopyTo(target[first..]);
            if (isMirrored)
            {
                target.Reverse();
            }
        }

        return result.MoveToOuterDisposeScope();
    }

    internal Tensor OnDevice(Tensor inputs, Distortion[] distortions)
    {
        using var scope = NewDisposeScope();
        var (count, padding) = (distortions.Length, settings.Crop);
        var (channels, height, width) = _shape;
        long[] rows = [.. distortions.SelectMany(d => Enumerable.Range(padding + d.Row, height)).Select(i => (long)i)];
        long[] columns = [.. distortions.SelectMany(d => Enumerable.Range(0, width).Select(x => (long)(padding + d.Column + (d.IsMirrored ? width - 1 - x : x))))];
        var padded = nn.functional.pad(inputs.view(count, channels, height, width), [padding, padding, padding, padding]);
        var down = tensor(rows, [count, 1, height, 1], device: inputs.device).expand(count, channels, height, width + (2 * padding));
        var across = tensor(columns, [count, 1, 1, width], device: inputs.device).expand(count, channels, height, width);
        return padded.gather(2, down).gather(3, across).view(count, -1).MoveToOuterDisposeScope();
    }

    private int Offset(RandomStream stream) => settings.Crop == 0 ? 0 : stream.NextInt((2 * settings.Crop) + 1) - settings.Crop;
}
