using System.Collections.Immutable;
using LossActors.Learning.Networks.Layers;

namespace LossActors.Learning.Networks.Notation;

/// <summary>Layers as an experiment file writes them.</summary>
public static class LayerNotation
{
    /// <summary>The most layers that a list may have.</summary>
    public const int Most = 200;

    private static readonly ImmutableArray<(string Name, string Form, Func<LayerWords, Layer> Read)> s_layers =
    [
        ("convolution", "convolution 32 3x3 stride 1 padding 1", Convolution),
        ("max-pooling", "max-pooling 2 stride 2", MaxPooling),
        ("average-pooling", "average-pooling 2 stride 2", AveragePooling),
        ("global-average-pooling", "global-average-pooling", _ => new AdaptiveAveragePoolingLayer(1)),
        ("batch-normalisation", "batch-normalisation", _ => new BatchNormalisationLayer()),
        ("dropout", "dropout 0.5", words => new DropoutLayer(words.Share("the probability"))),
        ("relu", "relu", _ => new ActivationLayer(Activation.Relu)),
        ("tanh", "tanh", _ => new ActivationLayer(Activation.Tanh)),
        ("flatten", "flatten", _ => new FlattenLayer()),
        ("dense", "dense 128", words => new DenseLayer(words.Number("the width", 1, 65_536))),
    ];

    /// <summary>An example of every layer, for messages and manuals.</summary>
    public static IEnumerable<string> Forms => s_layers.Select(layer => layer.Form);

    /// <summary>
    /// Reads a list. Weights begin as He et al. have it where a rectifier follows, and as Glorot and Bengio otherwise. The layer of the task's outputs is not in the list: it always comes
    /// last, flattening maps that are left.
    /// </summary>
    /// <exception cref="NetworkException">A layer is unknown or malformed; the message names it.</exception>
    public static ImmutableArray<Layer> Read(IReadOnlyList<string> texts)
    {
        if (texts.Count is 0 or > Most)
        {
            throw new NetworkException($"a list has 1 to {Most} layers, not {texts.Count}");
        }

        Layer[] layers = [.. texts.Select(Read)];
        if (layers[^1] is DenseLayer)
        {
            throw new NetworkException($"layer {layers.Length} is dense and the last: the layer of the task's outputs is added by itself, so leave this one out or let an activation follow");
        }

        for (var i = 0; i < layers.Length; i++)
        {
            var next = layers.Skip(i + 1).FirstOrDefault(layer => layer is ActivationLayer or ConvolutionLayer or DenseLayer);
            var how = next is ActivationLayer { Function: Activation.Relu } ? Initialisation.He : Initialisation.Xavier;
            layers[i] = layers[i] switch
            {
                ConvolutionLayer convolution => convolution with { Initialisation = how },
                DenseLayer dense => dense with { Initialisation = how },
                var other => other,
            };
        }

        return [.. layers];
    }

    private static Layer Read(string text, int index)
    {
        var words = new LayerWords(text);
        var (name, form, read) = s_layers.FirstOrDefault(layer => layer.Name == words.Name);
        if (name is null)
        {
            throw new NetworkException($"layer {index + 1} is unknown: {text}; known are {string.Join(", ", s_layers.Select(layer => layer.Name))}");
        }

        try
        {
            var layer = read(words);
            words.End();
            return layer;
        }
        catch (NetworkException e)
        {
            throw new NetworkException($"layer {index + 1}, {text}: {e.Message}; write it like {form}");
        }
    }

    private static ConvolutionLayer Convolution(LayerWords words)
    {
        var (channels, kernel) = (words.Number("the number of maps", 1, 4096), words.Square("the kernel", 31));
        return new ConvolutionLayer(channels, kernel) { Stride = words.Option("stride", 1, 1, 16), Padding = words.Option("padding", 0, 0, kernel - 1) };
    }

    private static MaxPoolingLayer MaxPooling(LayerWords words)
    {
        var size = words.Square("the size", 64);
        return new MaxPoolingLayer(size) { Stride = words.Option("stride", size, 1, 64) };
    }

    private static AveragePoolingLayer AveragePooling(LayerWords words)
    {
        var size = words.Square("the size", 64);
        return new AveragePoolingLayer(size) { Stride = words.Option("stride", size, 1, 64) };
    }
}
