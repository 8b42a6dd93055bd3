using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>
/// What flows between two layers: values of a whole batch, and the gradient and tangent of one block. The layout is [block, height, width, channel, lane], where a lane is an
/// instance: all arithmetic runs along instances in full vectors, whatever the layer's sizes, and the channels of a row's neighbouring pixels follow each other.
/// Maps come in blocks of <see cref="BlockLanes"/> instances, features in one block, where the layout is the matrix [feature, instance]. A last block that is not full is filled up with
/// lanes whose inputs and logits' gradients are 0.
/// </summary>
internal sealed unsafe class Flow<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly HostTensor<T>? _gradient;
    private HostTensor<T>? _tangent;

    /// <summary>Allocates values and gradient; the tangent's room when it is first asked for.</summary>
    /// <param name="shape">One instance.</param>
    /// <param name="blocks">Into how many pieces the batch is cut.</param>
    /// <param name="lanes">Instances per piece, a multiple of <see cref="BlockLanes"/>.</param>
    /// <param name="isData">Whether this depends on no parameter.</param>
    public Flow(FlowShape shape, int blocks, int lanes, bool isData)
    {
        (Shape, Blocks, Lanes) = (shape, blocks, lanes);
        Values = new HostTensor<T>(blocks, shape.Size, lanes);
        _gradient = isData ? null : new HostTensor<T>(shape.Size, lanes);
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

    /// <summary>Whether this depends on no parameter: it has neither gradient nor tangent.</summary>
    public bool IsData => _gradient is null;

    /// <summary>All values.</summary>
    public HostTensor<T> Values { get; }

    /// <summary>dL/dvalue of the block at work.</summary>
    public HostTensor<T> Gradient => _gradient ?? throw new InvalidOperationException("Nothing is differentiated by data.");

    /// <summary>The values' derivative along a direction, of the block at work.</summary>
    public HostTensor<T> Tangent => IsData
        ? throw new InvalidOperationException("Data do not move along a direction.")
        : _tangent ??= new HostTensor<T>(Shape.Size, Lanes);

    /// <summary>A block's values.</summary>
    public T* Block(int block) => Values.Pointer + ((long)block * BlockSize);

    /// <inheritdoc/>
    public void Dispose()
    {
        Values.Dispose();
        _gradient?.Dispose();
        _tangent?.Dispose();
    }
}
