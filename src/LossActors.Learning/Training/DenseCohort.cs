using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Dense networks that differ in their losses and learning rates and see the same batches, trained together on the CPU. The first layers are one product of the batch with
/// all their matrices side by side, later layers are batched products: many small matrices cost more in calls than in arithmetic. What one member computes
/// never enters another's numbers; libtorch may round a member's products otherwise than if it were alone.
/// </summary>
/// <remarks>Parameters lie in blocks [member, shape], one after another. A layer's outputs are [batch, member, width] for the first layer, [member, batch, width] after it.</remarks>
internal sealed class DenseCohort<T> : ICohort
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly int _members;
    private readonly int _batch;
    private readonly LogitLoss<T>[] _losses;
    private readonly Sgd<T> _sgd;
    private readonly HostTensor<T> _weights;
    private readonly ParameterBlock[] _blocks;
    private readonly Tensor[] _matrices;
    private readonly Tensor[] _transposed;
    private readonly HostTensor<T> _first;
    private readonly HostTensor<T> _firstDelta;
    private readonly Tensor _firstByMember;
    private readonly Tensor _firstDeltaTransposed;
    private readonly HostTensor<T> _logitsGradient;
    private readonly T[] _logits;
    private readonly T[] _biasGradients;

    public DenseCohort(
        DenseNetwork network, Link link, IReadOnlyList<Trial> trials, TrainingSettings settings, int batch, float[][] initial)
    {
        (_network, _members, _batch) = (network, trials.Count, batch);
        _losses = [.. trials.Select(trial => LogitLosses.Create<T>(trial.Loss, link, network.Outputs))];
        _blocks = ParameterBlock.Of(network, _members);
        _sgd = new Sgd<T>(settings, network.ParameterCount() * _members);
        _weights = new HostTensor<T>(network.ParameterCount() * _members);
        for (var i = 0; i < _blocks.Length; i++)
        {
            for (var member = 0; member < _members; member++)
            {
                var target = _blocks[i].Of(_weights.Span, member);
                for (var entry = 0; entry < target.Length; entry++)
                {
                    target[entry] = T.CreateChecked(initial[i][entry]);
                }
            }
        }

        var widths = network.Widths;
        _matrices = [.. Enumerable.Range(0, Layers).Select(layer => _weights.View(
            _blocks[2 * layer].Offset, layer == 0 ? [(long)_members * widths[1], widths[0]] : [_members, widths[layer + 1], widths[layer]]))];
        _transposed = [.. _matrices.Select((matrix, layer) => (layer == 0 ? matrix.t() : matrix.transpose(1, 2)).DetachFromDisposeScope())];
        _first = new HostTensor<T>(batch, (long)_members * widths[1]);
        _firstDelta = new HostTensor<T>(batch, (long)_members * widths[1]);
        using (var view = _first.View(0, [batch, _members, widths[1]]))
        {
            _firstByMember = view.transpose(0, 1).DetachFromDisposeScope();
        }

        _firstDeltaTransposed = _firstDelta.Tensor.t().DetachFromDisposeScope();
        _logitsGradient = new HostTensor<T>(_members, batch, network.Outputs);
        _logits = new T[batch * network.Outputs];
        _biasGradients = new T[_members * widths.Skip(1).Max()];
    }

    private int Layers => _network.Widths.Length - 1;

    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        using var scope = NewDisposeScope();
        var outputs = Forward(inputs);
        Differentiate(outputs[^1], Vectors.Of<T>(targets), diverged);
        Backward(inputs, outputs, learningRates, diverged);
    }

    /// <inheritdoc/>
    public Tensor[] Release(int member)
    {
        using var scope = NewDisposeScope();
        return [.. _blocks.Select((block, i) =>
        {
            using var view = _weights.View(block.Start(member), _network.ParameterShapes[i]);
            return view.clone().DetachFromDisposeScope();
        })];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in (Tensor[])[.. _matrices, .. _transposed, _firstByMember, _firstDeltaTransposed])
        {
            view.Dispose();
        }

        foreach (var buffer in (HostTensor<T>[])[_weights, _first, _firstDelta, _logitsGradient])
        {
            buffer.Dispose();
        }
    }

    // Each layer's outputs as [member, batch, width]; the first one's is a view of another order.
    private Tensor[] Forward(Tensor inputs)
    {
        var outputs = new Tensor[Layers];
        Repeat(_blocks[1].All(_weights.Span), _first.Span);
        _first.Tensor.addmm_(inputs, _transposed[0]);
        outputs[0] = _firstByMember;
        Activate(0, _first.Tensor);
        for (var layer = 1; layer < Layers; layer++)
        {
            outputs[layer] = outputs[layer - 1].bmm(_transposed[layer]);
            var all = Vectors.Of<T>(outputs[layer]);
            var width = _network.Widths[layer + 1];
            for (var member = 0; member < _members; member++)
            {
                AddToRows(_blocks[(2 * layer) + 1].Of(_weights.Span, member), all.Slice(member * _batch * width, _batch * width));
            }

            Activate(layer, outputs[layer]);
        }

        return outputs;
    }

    private void Activate(int layer, Tensor values)
    {
        if (layer < Layers - 1)
        {
            _ = _network.Activation == Activation.Relu ? values.relu_() : values.tanh_();
        }
    }

    private void Differentiate(Tensor outputs, ReadOnlySpan<T> targets, Span<bool> diverged)
    {
        var size = _logits.Length;
        for (var member = 0; member < _members; member++)
        {
            var gradient = _logitsGradient.Span.Slice(member * size, size);
            if (!diverged[member])
            {
                var loss = _losses[member].Differentiate(LogitsOf(outputs, member), targets, gradient);
                diverged[member] = !T.IsFinite(loss) || !Finiteness.OfAll<T>(gradient);
            }

            if (diverged[member])
            {
                gradient.Clear();
            }
        }
    }

    private ReadOnlySpan<T> LogitsOf(Tensor outputs, int member)
    {
        if (Layers > 1)
        {
            return Vectors.Of<T>(outputs).Slice(member * _logits.Length, _logits.Length);
        }

        var width = _network.Outputs;
        for (var row = 0; row < _batch; row++)
        {
            _first.Span.Slice(((row * _members) + member) * width, width).CopyTo(_logits.AsSpan(row * width));
        }

        return _logits;
    }

    private void Backward(Tensor inputs, Tensor[] outputs, ReadOnlySpan<double> learningRates, ReadOnlySpan<bool> diverged)
    {
        var delta = _logitsGradient.Tensor;
        for (var layer = Layers - 1; layer > 0; layer--)
        {
            // A layer's weights change only after the layer below has got its share.
            var gradient = delta.transpose(1, 2).bmm(outputs[layer - 1]);
            var below = delta.bmm(_matrices[layer]);
            if (layer > 1)
            {
                DenseDerivatives.ThroughActivation(_network.Activation, Vectors.Of<T>(outputs[layer - 1]), Vectors.Of<T>(below));
            }

            var deltas = Vectors.Of<T>(delta);
            var width = _network.Widths[layer + 1];
            for (var member = 0; member < _members; member++)
            {
                DenseBackpropagation<T>.SumRows(deltas.Slice(member * _batch * width, _batch * width), _biasGradients.AsSpan(member * width, width));
            }

            Descend(layer, Vectors.Of<T>(gradient), learningRates, diverged);
            delta = below;
        }

        ByBatch(Vectors.Of<T>(delta), _firstDelta.Span);
        if (Layers > 1)
        {
            DenseDerivatives.ThroughActivation(_network.Activation, _first.Span, _firstDelta.Span);
        }

        DenseBackpropagation<T>.SumRows(_firstDelta.Span, _biasGradients.AsSpan(0, _members * _network.Widths[1]));
        Descend(0, Vectors.Of<T>(_firstDeltaTransposed.mm(inputs)), learningRates, diverged);
    }

    // From [member, batch, width] to [batch, member, width].
    private void ByBatch(ReadOnlySpan<T> from, Span<T> to)
    {
        var width = _network.Widths[1];
        for (var member = 0; member < _members; member++)
        {
            for (var row = 0; row < _batch; row++)
            {
                from.Slice(((member * _batch) + row) * width, width).CopyTo(to[(((row * _members) + member) * width)..]);
            }
        }
    }

    private void Descend(int layer, ReadOnlySpan<T> gradients, ReadOnlySpan<double> learningRates, ReadOnlySpan<bool> diverged)
    {
        var (matrix, bias) = (_blocks[2 * layer], _blocks[(2 * layer) + 1]);
        for (var member = 0; member < _members; member++)
        {
            if (!diverged[member])
            {
                _sgd.Step(_weights.Span, gradients.Slice(member * matrix.Size, matrix.Size), learningRates[member], matrix.Start(member));
                _sgd.Step(_weights.Span, _biasGradients.AsSpan(member * bias.Size, bias.Size), learningRates[member], bias.Start(member));
            }
        }
    }

    private static void Repeat(ReadOnlySpan<T> row, Span<T> rows)
    {
        for (var start = 0; start < rows.Length; start += row.Length)
        {
            row.CopyTo(rows[start..]);
        }
    }

    private static void AddToRows(ReadOnlySpan<T> row, Span<T> rows)
    {
        for (var start = 0; start < rows.Length; start += row.Length)
        {
            DenseDerivatives.Add(row, rows.Slice(start, row.Length));
        }
    }
}
