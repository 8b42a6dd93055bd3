using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Networks.Layers;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks;

/// <summary>Layers one after another.</summary>
public class SequentialNetwork : INetwork
{
    private readonly long[] _batchShape;

    /// <summary>Makes a network.</summary>
    /// <param name="name">As settings name it.</param>
    /// <param name="input">The shape of one instance: [channels, height, width] or [features].</param>
    /// <param name="layers">From the inputs to the logits; what comes out last are features.</param>
    /// <exception cref="NetworkException">A layer does not fit what the one before gives.</exception>
    public SequentialNetwork(string name, ImmutableArray<int> input, ImmutableArray<Layer> layers)
    {
        (Name, Layers) = (name, layers);
        _batchShape = [-1, .. input];
        var shapes = ImmutableArray.CreateBuilder<ImmutableArray<int>>();
        shapes.Add(input);
        foreach (var layer in layers)
        {
            shapes.Add(layer.OutputShape(shapes[^1]));
        }

        Shapes = shapes.ToImmutable();
        Outputs = Shapes[^1] is [var outputs] ? outputs : throw new NetworkException($"Network {name} ends in maps; its logits must be features.");
        ParameterShapes = [.. layers.SelectMany((layer, i) => layer.ParameterShapes(Shapes[i]))];
        BufferShapes = [.. layers.SelectMany((layer, i) => layer.BufferShapes(Shapes[i]))];
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>From the inputs to the logits.</summary>
    public ImmutableArray<Layer> Layers { get; }

    /// <summary>The shape of one instance before each layer, and last that of its logits.</summary>
    public ImmutableArray<ImmutableArray<int>> Shapes { get; }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public ImmutableArray<ImmutableArray<long>> ParameterShapes { get; }

    /// <inheritdoc/>
    public ImmutableArray<ImmutableArray<long>> BufferShapes { get; }

    /// <inheritdoc/>
    public long Activations => Layers.Select((layer, i) => layer.Activations(Shapes[i])).Sum();

    /// <inheritdoc/>
    public int LeastBatch => Layers.Select((layer, i) => layer.LeastBatch(Shapes[i])).Max();

    /// <inheritdoc/>
    public float[][] Initialise(RandomStream stream) =>
    [
        .. Layers.SelectMany((layer, i) => layer.InitialParameters(Shapes[i], stream)),
        .. Layers.SelectMany((layer, i) => layer.InitialBuffers(Shapes[i])),
    ];

    /// <inheritdoc/>
    public Tensor Forward(Tensor inputs, IReadOnlyList<Tensor> state, ForwardPass pass)
    {
        var (values, feed) = (inputs.view(_batchShape), new LayerFeed(state, ParameterShapes.Length, pass));
        for (var i = 0; i < Layers.Length; i++)
        {
            values = values.ReplacedBy(Layers[i].Forward(values, Shapes[i], feed));
        }

        return values;
    }
}
