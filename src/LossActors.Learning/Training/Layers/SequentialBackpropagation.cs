using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training.Layers;

/// <summary>Layers one after another, each differentiated by its own rule on host memory: no autograd, and nothing allocated per step.</summary>
internal sealed class SequentialBackpropagation<T> : ITwiceDifferentiable<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly int _batch;
    private readonly Parameters<T> _parameters;
    private readonly Flow<T> _inputs;
    private readonly ILayerRule<T>[] _rules;
    private readonly Range[] _stretches;
    private readonly Tensor[] _views;
    private readonly T[] _logits;
    private readonly T[] _logitTangents;

    /// <param name="network">Which.</param>
    /// <param name="batch">Instances per batch.</param>
    /// <param name="curves">Whether <see cref="Curve"/> may be called, which keeps every tangent.</param>
    public SequentialBackpropagation(SequentialNetwork network, int batch, bool curves = false)
    {
        _batch = batch;
        _parameters = new Parameters<T>(network.ParameterCount());
        var (blocks, lanes) = ((batch + Flow<T>.BlockLanes - 1) / Flow<T>.BlockLanes, Flow<T>.BlockLanes);
        _inputs = FlowShape.IsMaps(network.Shapes[0])
            ? new Flow<T>(FlowShape.Of(network.Shapes[0]), blocks, lanes, isData: true, curves)
            : new Flow<T>(FlowShape.Of(network.Shapes[0]), 1, blocks * lanes, isData: true, curves);
        _rules = new ILayerRule<T>[network.Layers.Length];
        var views = new List<Tensor>();
        var (offset, flow) = (0, _inputs);
        for (var i = 0; i < _rules.Length; i++)
        {
            var parameters = new List<Parameter<T>>();
            foreach (var shape in network.Layers[i].ParameterShapes(network.Shapes[i]))
            {
                parameters.Add(new Parameter<T>(_parameters, offset, shape));
                views.Add(parameters[^1].View(_parameters.Weights));
                offset += parameters[^1].Size;
            }

            _rules[i] = LayerRules.Create(network.Layers[i], flow, [.. parameters]);
            flow = _rules[i].Outputs;
        }

        _views = [.. views];
        _stretches = [.. Stretches(_rules)];
        (_logits, _logitTangents) = (new T[batch * network.Outputs], new T[batch * network.Outputs]);
    }

    /// <inheritdoc/>
    public int Members => 1;

    /// <inheritdoc/>
    public Span<T> Weights => _parameters.Weights.Span;

    /// <inheritdoc/>
    public ReadOnlySpan<T> Gradient => _parameters.Gradient.Span;

    /// <inheritdoc/>
    public IReadOnlyList<Tensor> Parameters => _views;

    private Flow<T> Last => _rules[^1].Outputs;

    /// <inheritdoc/>
    public void Load(float[][] initial) => Backpropagation.Load(Weights, initial);

    /// <inheritdoc/>
    public ReadOnlySpan<T> Forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        var batch = Vectors.Of<T>(inputs.contiguous());

        // Lanes without an instance must stay 0, and the others must not keep the last batch's.
        if (batch.Length != _batch * _inputs.Shape.Size)
        {
            throw new ArgumentException($"{batch.Length} numbers for {_batch} instances of {_inputs.Shape.Size}.", nameof(inputs));
        }

        BatchLanes.Load<T>(batch, _inputs);
        Advance(static (rule, block) => rule.Forward(block));
        BatchLanes.Store(Last.Values.Span, Last.Lanes, _logits, Last.Shape.Size);
        return _logits;
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> logitsGradient)
    {
        using var scope = NewDisposeScope();
        BatchLanes.Load(logitsGradient, Last.Gradient.Span, Last.Lanes, Last.Shape.Size);
        Retreat(static (rule, block) => rule.Backward(block));
    }

    /// <inheritdoc/>
    public ReadOnlySpan<T> Along(ReadOnlySpan<T> direction)
    {
        using var scope = NewDisposeScope();
        direction.CopyTo(_parameters.Direction.Span);
        Advance(static (rule, block) => rule.Tangent(block));
        BatchLanes.Store(Last.Tangents.Span, Last.Lanes, _logitTangents, Last.Shape.Size);
        return _logitTangents;
    }

    /// <inheritdoc/>
    public void Curve(ReadOnlySpan<T> logitsGradient, ReadOnlySpan<T> logitsGradientTangent, Span<T> product)
    {
        if (!_inputs.KeepsTangents)
        {
            throw new NotSupportedException("This network was made for first derivatives: its tangents are not kept.");
        }

        using var scope = NewDisposeScope();
        BatchLanes.Load(logitsGradient, Last.Gradient.Span, Last.Lanes, Last.Shape.Size);
        BatchLanes.Load(logitsGradientTangent, Last.GradientTangent.Span, Last.Lanes, Last.Shape.Size);
        Retreat(static (rule, block) => rule.Curve(block));
        _parameters.GradientTangent.Span.CopyTo(product);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var view in _views)
        {
            view.Dispose();
        }

        foreach (var rule in _rules)
        {
            rule.Dispose();
        }

        _inputs.Dispose();
        _parameters.Dispose();
    }

    private void Advance(Action<ILayerRule<T>, int> pass)
    {
        foreach (var stretch in _stretches)
        {
            var rules = _rules.AsSpan(stretch);
            for (var block = 0; block < rules[0].Blocks; block++)
            {
                foreach (var rule in rules)
                {
                    pass(rule, block);
                }
            }
        }
    }

    private void Retreat(Action<ILayerRule<T>, int> pass)
    {
        for (var s = _stretches.Length - 1; s >= 0; s--)
        {
            var rules = _rules.AsSpan(_stretches[s]);
            for (var block = 0; block < rules[0].Blocks; block++)
            {
                for (var i = rules.Length - 1; i >= 0; i--)
                {
                    pass(rules[i], block);
                }
            }
        }
    }

    // Neighbours that take the batch in the same number of blocks pass each block on to each other.
    private static IEnumerable<Range> Stretches(ILayerRule<T>[] rules)
    {
        var first = 0;
        for (var i = 1; i <= rules.Length; i++)
        {
            if (i == rules.Length || rules[i].Blocks != rules[first].Blocks)
            {
                yield return first..i;
                first = i;
            }
        }
    }
}
