using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// What flows between two layers: values of a whole batch, the gradient of one block, and tangents of one block or of all. The layout is [block, height, width, channel, lane], where a lane is an
/// instance: all arithmetic runs along instances in full vectors, whatever the layer's sizes, and the channels of a row's neighbouring pixels follow each other.
/// Maps come in blocks of <see cref="BlockLanes"/> instances, features in one block, where the layout is the matrix [feature, instance]. A last block that is not full is filled up with
/// lanes whose inputs and logits' gradients are 0.
/// </summary>
internal sealed unsafe class Flow<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostTensor<T>? _gradient;
    private HostTensor<T>? _tangents;
    private HostTensor<T>? _gradientTangent;

    /// <summary>Allocates values and gradient; room for the others when it is first asked for.</summary>
    /// <param name="shape">One instance.</param>
    /// <param name="blocks">Into how many pieces the batch is cut.</param>
    /// <param name="lanes">Instances per piece, a multiple of <see cref="BlockLanes"/>.</param>
    /// <param name="isData">Whether this depends on no parameter.</param>
    /// <param name="keepsTangents">Whether every block's tangents are kept, which costs the memory traffic of another batch.</param>
    public Flow(FlowShape shape, int blocks, int lanes, bool isData, bool keepsTangents)
    {
        (Shape, Blocks, Lanes, KeepsTangents) = (shape, blocks, lanes, keepsTangents);
        Values = OfAllBlocks();
        _gradient = isData ? null : OfOneBlock();
    }

    /// <summary>Instances per block of maps: four vectors, as many as a row of the products' register tiles.</summary>
    public static int BlockLanes => 4 * Vector<T>.Count;

    /// <summary>One instance.</summary>
    public FlowShape Shape { get; }

    /// <summary>Into how many pieces the batch is cut.</summary>
    public int Blocks { get; }

    /// <summary>Instances per piece.</summary>
    public int Lanes { get; }

    /// <summary>Numbers per block.</summary>
    public int BlockSize => Shape.Size * Lanes;

    /// <summary>Whether every block's tangents are kept, or only those of the block at work.</summary>
    public bool KeepsTangents { get; }

    /// <summary>Whether this depends on no parameter: it has neither gradient nor tangent.</summary>
    public bool IsData => _gradient is null;

    /// <summary>All values; of a single block the matrix [feature, instance].</summary>
    public HostTensor<T> Values { get; }

    /// <summary>dL/dvalue of the block at work.</summary>
    public HostTensor<T> Gradient => _gradient ?? throw new InvalidOperationException("Nothing is differentiated by data.");

    /// <summary>The values' derivatives along a direction; of a single block the matrix [feature, instance].</summary>
    public HostTensor<T> Tangents => IsData
        ? throw new InvalidOperationException("Data do not move along a direction.")
        : _tangents ??= KeepsTangents ? OfAllBlocks() : OfOneBlock();

    /// <summary>The gradient's derivative along a direction, of the block at work.</summary>
    public HostTensor<T> GradientTangent => _gradientTangent ??= OfOneBlock();

    /// <summary>A block's values.</summary>
    public T* Block(int block) => Values.Pointer + ((long)block * BlockSize);

    /// <summary>A block's tangents.</summary>
    public T* TangentBlock(int block) => Tangents.Pointer + (KeepsTangents ? (long)block * BlockSize : 0);

    /// <summary>The flow after a layer that leaves blocks as they are.</summary>
    /// <param name="shape">One instance of it.</param>
    /// <param name="isData">Whether it depends on no parameter.</param>
    public Flow<T> Next(FlowShape shape, bool isData) => new(shape, Blocks, Lanes, isData, KeepsTangents);

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
        _tangents?.Dispose();
        _gradientTangent?.Dispose();
    }

    private HostTensor<T> OfAllBlocks() => Blocks == 1 ? OfOneBlock() : new HostTensor<T>(Blocks, Shape.Size, Lanes);

    private HostTensor<T> OfOneBlock() => new(Shape.Size, Lanes);
}
