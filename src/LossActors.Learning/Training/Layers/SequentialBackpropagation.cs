using System.Numerics;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training.Layers;

/// <summary>Layers one after another, each differentiated by its own rule on host memory: no autograd, and nothing allocated per step.</summary>
internal sealed class SequentialBackpropagation<T> : IBackpropagation<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Parameters<T> _parameters;
    private readonly Flow<T> _inputs;
    private readonly ILayerRule<T>[] _rules;
    private readonly Range[] _stretches;
    private readonly Tensor[] _views;
    private readonly T[] _logits;
    private readonly T[] _logitTangents;

    public SequentialBackpropagation(SequentialNetwork network, int batch)
    {
        _parameters = new Parameters<T>(network.ParameterCount());
        var (blocks, lanes) = ((batch + Flow<T>.BlockLanes - 1) / Flow<T>.BlockLanes, Flow<T>.BlockLanes);
        _inputs = FlowShape.IsMaps(network.Shapes[0])
            ? new Flow<T>(FlowShape.Of(network.Shapes[0]), blocks, lanes, isData: true)
            : new Flow<T>(FlowShape.Of(network.Shapes[0]), 1, blocks * lanes, isData: true);
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
    public ReadOnlySpan<T> Forward(Tensor inputs)
    {
        using var scope = NewDisposeScope();
        BatchLanes.Load<T>(Vectors.Of<T>(inputs.contiguous()), _inputs);
        foreach (var stretch in _stretches)
        {
            var rules = _rules.AsSpan(stretch);
            for (var block = 0; block < rules[0].Blocks; block++)
            {
                foreach (var rule in rules)
                {
                    rule.Forward(block);
                }
            }
        }

        BatchLanes.Store(Last.Values.Span, Last.Lanes, _logits, Last.Shape.Size);
        return _logits;
    }

    /// <inheritdoc/>
    public void Backward(ReadOnlySpan<T> logitsGradient)
    {
        using var scope = NewDisposeScope();

        // A flow of features is one block, so empty lanes keep their gradient of 0.
        for (var i = 0; i < logitsGradient.Length; i++)
        {
            var (instance, output) = Math.DivRem(i, Last.Shape.Size);
            Last.Gradient.Span[(output * Last.Lanes) + instance] = logitsGradient[i];
        }

        for (var s = _stretches.Length - 1; s >= 0; s--)
        {
            var rules = _rules.AsSpan(_stretches[s]);
            for (var block = 0; block < rules[0].Blocks; block++)
            {
                for (var i = rules.Length - 1; i >= 0; i--)
                {
                    rules[i].Backward(block);
                }
            }
        }
    }

    /// <summary>
    /// The logits' derivative along a direction in weight space, row-major [batch, outputs], at the weights and batch of the last forward pass; valid until the next call.
    /// Forward-mode differentiation, which TorchSharp does not have.
    /// </summary>
    public ReadOnlySpan<T> Along(ReadOnlySpan<T> direction)
    {
        using var scope = NewDisposeScope();
        direction.CopyTo(_parameters.Direction.Span);
        foreach (var stretch in _stretches)
        {
            var rules = _rules.AsSpan(stretch);
            for (var block = 0; block < rules[0].Blocks; block++)
            {
                foreach (var rule in rules)
                {
                    rule.Tangent(block);
                }
            }
        }

        BatchLanes.Store(Last.Tangent.Span, Last.Lanes, _logitTangents, Last.Shape.Size);
        return _logitTangents;
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
