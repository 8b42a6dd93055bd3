using System.Numerics;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;

namespace LossActors.Learning.Training.Layers;

/// <summary>Finds a layer's rule; what has none is left to libtorch's autograd.</summary>
internal static class LayerRules
{
    /// <summary>Whether every layer of a network has one, and the rules fit each other.</summary>
    public static bool Cover(SequentialNetwork network) => network.Layers.All(HasRule) && !ActivatesTwice(network);

    private static bool HasRule(Layer layer) => layer switch
    {
        ConvolutionLayer convolution => convolution is { Padding: 0, Stride: 1, HasBias: true },
        AveragePoolingLayer pooling => pooling.Stride == pooling.Size,
        _ => layer is ActivationLayer or FlattenLayer or DenseLayer,
    };

    // Activations work in place and take their derivatives from their outputs: a second one would overwrite those of the first.
    private static bool ActivatesTwice(SequentialNetwork network)
    {
        var layers = network.Layers.Where(layer => layer is not FlattenLayer).ToList();
        return layers.Zip(layers.Skip(1)).Any(pair => pair is (ActivationLayer, ActivationLayer));
    }

    /// <summary>Makes it.</summary>
    /// <param name="layer">Which layer.</param>
    /// <param name="inputs">What it reads.</param>
    /// <param name="parameters">Its own, in its order.</param>
    public static ILayerRule<T> Create<T>(Layer layer, Flow<T> inputs, ReadOnlySpan<Parameter<T>> parameters)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => layer switch
        {
            ConvolutionLayer convolution => new ConvolutionRule<T>(inputs, convolution.Channels, parameters[0], parameters[1]),
            AveragePoolingLayer pooling => new AveragePoolingRule<T>(inputs, pooling.Size),
            ActivationLayer activation => new ActivationRule<T>(inputs, activation.Function),
            FlattenLayer => new FlattenRule<T>(inputs),
            DenseLayer => new DenseRule<T>(inputs, parameters[0], parameters[1]),
            _ => throw new NotSupportedException($"Nobody has written a rule for {layer.GetType().Name}."),
        };
}
