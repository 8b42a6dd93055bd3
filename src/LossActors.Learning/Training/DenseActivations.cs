using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>One number per unit and instance for every member of a cohort of dense networks: outputs, gradients in them, tangents.</summary>
/// <remarks>
/// Every member sees the same batch, so the first layer is one product for all: its numbers are [batch, member, width]. Later layers are [member, batch, width].
/// </remarks>
internal sealed class DenseActivations<T> : IDisposable
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _members;
    private readonly int _batch;
    private readonly HostTensor<T>[] _layers;
    private readonly Tensor[] _byMember;
    private readonly Tensor[] _transposed;

    public DenseActivations(DenseNetwork network, int members, int batch)
    {
        (_members, _batch) = (members, batch);
        _layers = [.. network.Widths.Skip(1).Select((width, layer) =>
            layer == 0 || members == 1 ? new HostTensor<T>(batch, (long)members * width) : new HostTensor<T>(members, batch, width))];
        _byMember = [.. _layers.Select((values, layer) => ByMember(values, layer, network.Widths[layer + 1]))];
        _transposed = [.. _layers.Select(values => values.Tensor.transpose(-2, -1).DetachFromDisposeScope())];
    }

    /// <summary>How many layers.</summary>
    public int Count => _layers.Length;

    /// <summary>A layer's numbers as they lie.</summary>
    public Span<T> Span(int layer) => _layers[layer].Span;

    /// <summary>A layer's numbers as they lie: the first one's, or those of a single network, [batch, member · width], others [member, batch, width].</summary>
    public Tensor Tensor(int layer) => _layers[layer].Tensor;

    /// <summary><see cref="Tensor(int)"/> with its last two dimensions exchanged.</summary>
    public Tensor Transposed(int layer) => _transposed[layer];

    /// <summary>A layer's numbers as [member, batch, width], or of a single network [batch, width].</summary>
    public Tensor ByMember(int layer) => _byMember[layer];

    /// <summary>Gives every row its member's numbers.</summary>
    /// <param name="layer">Which.</param>
    /// <param name="rows">[member, width].</param>
    public void Fill(int layer, ReadOnlySpan<T> rows)
    {
        var all = _layers[layer].Span;
        var width = Group(layer, rows.Length);
        for (var start = 0; start < all.Length; start += width)
        {
            rows.Slice(layer == 0 ? 0 : start / (_batch * width) * width, width).CopyTo(all[start..]);
        }
    }

    /// <summary>Adds up every member's rows.</summary>
    /// <param name="layer">Which.</param>
    /// <param name="sums">Receives [member, width].</param>
    public void SumRows(int layer, Span<T> sums)
    {
        sums.Clear();
        var all = _layers[layer].Span;
        var width = Group(layer, sums.Length);
        for (var start = 0; start < all.Length; start += width)
        {
            DenseDerivatives.Add(all.Slice(start, width), sums.Slice(layer == 0 ? 0 : start / (_batch * width) * width, width));
        }
    }

    /// <summary>The last layer's numbers as [member, batch, width]: as they lie, or brought into that order.</summary>
    /// <param name="room">As many numbers, for where they must be moved.</param>
    public ReadOnlySpan<T> Logits(T[] room)
    {
        if (IsInOrder)
        {
            return _layers[^1].Span;
        }

        var width = _layers[0].Span.Length / (_members * _batch);
        for (var i = 0; i < _members * _batch; i++)
        {
            _layers[0].Span.Slice(((i % _batch * _members) + (i / _batch)) * width, width).CopyTo(room.AsSpan(i * width));
        }

        return room;
    }

    /// <summary>Sets the last layer's numbers.</summary>
    /// <param name="values">[member, batch, width].</param>
    public void SetLogits(ReadOnlySpan<T> values)
    {
        if (IsInOrder)
        {
            values.CopyTo(_layers[^1].Span);
            return;
        }

        var width = values.Length / (_members * _batch);
        for (var i = 0; i < _members * _batch; i++)
        {
            values.Slice(i * width, width).CopyTo(_layers[0].Span[(((i % _batch * _members) + (i / _batch)) * width)..]);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        for (var layer = 0; layer < Count; layer++)
        {
            _transposed[layer].Dispose();
            _byMember[layer].Dispose();
            _layers[layer].Dispose();
        }
    }

    private bool IsInOrder => Count > 1 || _members == 1;

    // In the first layer the members of an instance lie side by side.
    private int Group(int layer, int all) => layer == 0 ? all : all / _members;

    private Tensor ByMember(HostTensor<T> values, int layer, int width)
    {
        if (layer > 0 || _members == 1)
        {
            return values.Tensor;
        }

        using var view = values.View(0, [_batch, _members, width]);
        return view.transpose(0, 1).DetachFromDisposeScope();
    }
}
