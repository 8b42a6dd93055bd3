using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>
/// The meta-gradients of one inner step of dense networks that begin with the same weights W and see the same batches: dT/dφ = −a Σ u · ∂²ℓ/∂f∂φ, u the derivative of the
/// predictions along V = dT/dW′. The pass over the inner batch at W is made once for all members; of what differs, W′ = c W − a Gᵀ and V, a layer need not write out a single
/// matrix, see <see cref="LowRankStep{T}"/>.
/// </summary>
/// <remarks>In a first step momentum is the gradient itself, which Nesterov's form takes 1 + μ times; c is 1 less the weight decay.</remarks>
internal sealed class OneStepMetaGradient<T> : HostMetaGradient<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly DenseNetwork _network;
    private readonly DenseBackpropagation<T> _shared;
    private readonly IDenseStep<T>[] _steps;
    private readonly MemberRows<T>[] _innerDeltas;
    private readonly MemberRows<T>[] _tangents;
    private readonly DenseActivations<T> _outputs;
    private readonly DenseActivations<T> _deltas;
    private readonly T[] _predictions;
    private readonly T[] _member;
    private readonly T[] _outerGradient;
    private readonly T[] _biases;
    private readonly T _rate;
    private readonly T _keep;

    public OneStepMetaGradient(DenseNetwork network, Unrolling unrolling)
        : this(network, unrolling, new DenseBackpropagation<T>(network, unrolling.InnerBatch))
    {
    }

    private OneStepMetaGradient(DenseNetwork network, Unrolling unrolling, DenseBackpropagation<T> shared)
        : base(unrolling, shared)
    {
        (_network, _shared) = (network, shared);
        var (members, sgd) = (unrolling.Losses.Count, unrolling.Training);
        var rate = sgd.LearningRate * LearningRateSchedule.Factor(sgd, 0) * (sgd.Nesterov ? 1 + sgd.Momentum : 1);
        (_rate, _keep) = (T.CreateChecked(rate), T.CreateChecked(1 - (rate * sgd.WeightDecay)));
        _innerDeltas = [.. network.Widths.Skip(1).Select(width => new MemberRows<T>(members, unrolling.InnerBatch, width, sideBySide: true))];
        _tangents = [.. network.Widths.Skip(1).Select(width => new MemberRows<T>(members, unrolling.InnerBatch, width, sideBySide: true))];
        _outputs = new DenseActivations<T>(network, members, unrolling.OuterBatch);
        _deltas = new DenseActivations<T>(network, members, unrolling.OuterBatch);
        _predictions = new T[unrolling.InnerBatch * network.Outputs];
        _member = new T[_predictions.Length];
        _outerGradient = new T[members * unrolling.OuterBatch * network.Outputs];
        _biases = new T[members * network.Widths.Skip(1).Max()];
        _steps = [.. _innerDeltas.Select((deltas, layer) =>
        {
            var shape = new DenseStepShape(
                members, network.Widths[layer], network.Widths[layer + 1], unrolling.InnerBatch, unrolling.OuterBatch, IsFirst: layer == 0);
            return (IDenseStep<T>)(shape.IsCheaperInLowRank ? new LowRankStep<T>(shape, shared, layer, deltas, _keep) : new ExplicitStep<T>(shape, shared, layer, deltas, _keep));
        })];
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        foreach (var part in (IDisposable[])[.. _steps, .. _innerDeltas, .. _tangents, _outputs, _deltas, _shared])
        {
            part.Dispose();
        }
    }

    /// <inheritdoc/>
    protected override void Run(
        IReadOnlyList<(Tensor Inputs, Tensor Targets)> inner, (Tensor Inputs, Tensor Targets) outer, Span<double> objectives)
    {
        using var scope = NewDisposeScope();
        var (inputs, targets) = inner.Count == 1
            ? inner[0]
            : throw new ArgumentException($"{inner.Count} inner steps for a meta-gradient of one.", nameof(inner));
        Unrolling.Link.Predict<T>(_network.Outputs, _shared.Forward(inputs), _predictions);
        Differentiate(Vectors.Of<T>(targets));
        Measure(Forward(outer.Inputs), Vectors.Of<T>(outer.Targets), objectives, _outerGradient);
        Backward();
        GoAlong(outer.Inputs);
        for (var member = 0; member < objectives.Length; member++)
        {
            Gather(_tangents[^1], member);
            Losses.AddMixed(member, _predictions, Vectors.Of<T>(targets), _member, -double.CreateChecked(_rate));
        }
    }

    // Gradients in the layers' outputs on the inner batch, times −a: so are the weights' changes that they make.
    private void Differentiate(ReadOnlySpan<T> targets)
    {
        var width = _network.Outputs;
        for (var member = 0; member < Losses.Count; member++)
        {
            Losses.Differentiate(member, _predictions, targets, _member);
            DenseDerivatives.Scale<T>(-_rate, _member);
            for (var row = 0; row < Unrolling.InnerBatch; row++)
            {
                _member.AsSpan(row * width, width).CopyTo(_innerDeltas[^1].Row(member, row));
            }
        }

        for (var layer = _innerDeltas.Length - 1; layer > 0; layer--)
        {
            DenseProducts.Multiply(_innerDeltas[layer - 1].Rows, _innerDeltas[layer].Rows, _shared.Layers.Matrix(layer));
            ThroughActivation(layer - 1, _innerDeltas[layer - 1]);
        }
    }

    // The stepped networks on the outer batch.
    private ReadOnlySpan<T> Forward(Tensor inputs)
    {
        for (var layer = 0; layer < _steps.Length; layer++)
        {
            _steps[layer].Forward(Inputs(inputs, layer), _outputs[layer]);
            var biases = _biases.AsSpan(0, Losses.Count * _network.Widths[layer + 1]);
            _innerDeltas[layer].SumRows(biases);
            for (var member = 0; member < Losses.Count; member++)
            {
                DenseDerivatives.AddScaled(_keep, _shared.Layers.Biases(layer), biases.Slice(member * _network.Widths[layer + 1], _network.Widths[layer + 1]));
            }

            _outputs[layer].AddToRows(biases);
            if (layer < _steps.Length - 1)
            {
                _ = _network.Activation == Activation.Relu ? _outputs.Tensor(layer).relu_() : _outputs.Tensor(layer).tanh_();
            }
        }

        return _outputs.Logits();
    }

    private void Backward()
    {
        _deltas.SetLogits(_outerGradient);
        for (var layer = _steps.Length - 1; layer > 0; layer--)
        {
            _steps[layer].Backward(_deltas[layer], _deltas[layer - 1]);
            DenseDerivatives.ThroughActivation(_network.Activation, _outputs.Span(layer - 1), _deltas.Span(layer - 1));
        }
    }

    // The derivative of the inner batch's logits along V.
    private void GoAlong(Tensor outerInputs)
    {
        for (var layer = 0; layer < _steps.Length; layer++)
        {
            var biases = _biases.AsSpan(0, Losses.Count * _network.Widths[layer + 1]);
            _deltas[layer].SumRows(biases);
            _tangents[layer].Fill(biases);
            _steps[layer].AddTangent(Inputs(outerInputs, layer), _deltas[layer], _tangents[layer]);
            if (layer > 0)
            {
                DenseProducts.Multiply(_tangents[layer].Rows, _tangents[layer - 1].Rows, _shared.Layers.Transposed(layer), add: true);
            }

            if (layer < _steps.Length - 1)
            {
                ThroughActivation(layer, _tangents[layer]);
            }
        }
    }

    private Tensor Inputs(Tensor inputs, int layer) => layer == 0 ? inputs : _outputs.ByMember(layer - 1);

    private void ThroughActivation(int layer, MemberRows<T> values)
    {
        var (outputs, width) = (_shared.Outputs[layer], _network.Widths[layer + 1]);
        for (var row = 0; row < Unrolling.InnerBatch; row++)
        {
            for (var member = 0; member < Losses.Count; member++)
            {
                DenseDerivatives.ThroughActivation(_network.Activation, outputs.Span.Slice(row * width, width), values.Row(member, row));
            }
        }
    }

    private void Gather(MemberRows<T> rows, int member)
    {
        for (var row = 0; row < Unrolling.InnerBatch; row++)
        {
            rows.Row(member, row).CopyTo(_member.AsSpan(row * _network.Outputs));
        }
    }
}
