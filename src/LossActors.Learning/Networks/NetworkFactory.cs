using System.Collections.Immutable;
using System.Globalization;
using LossActors.Learning.Datasets;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Networks.Notation;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Networks;

/// <summary>Makes the base network that settings name, fit for a task.</summary>
public static class NetworkFactory
{
    // Two gigabytes of weights; training takes several times as much, and each loss that is trained has its own.
    private const long MostParameters = 500_000_000;

    /// <summary>Makes the network of a protocol for its data.</summary>
    /// <exception cref="NetworkException">As <see cref="Create"/>, or the network cannot be trained in batches this small.</exception>
    public static INetwork For(EvaluationProtocol protocol, TaskData data)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        ArgumentNullException.ThrowIfNull(data);
        var network = Create(protocol.Network, TaskShape.Of(data));
        return Math.Min(protocol.Training.BatchSize, data.Training.Count) >= network.LeastBatch
            ? network
            : throw new NetworkException($"Network {network.Name} normalises single values by batches, which must have at least {network.LeastBatch} instances; set a larger training.batch-size.");
    }

    /// <summary>Makes a network.</summary>
    /// <exception cref="NetworkException">The kind is unknown, a width is not positive, or the network does not fit the task, or no machine.</exception>
    public static INetwork Create(NetworkSettings settings, TaskShape task)
    {
        ArgumentNullException.ThrowIfNull(settings);
        var network = Make(settings, task);
        var parameters = network.ParameterShapes.Sum(shape => shape.Size());
        return parameters <= MostParameters
            ? network
            : throw new NetworkException(string.Create(CultureInfo.InvariantCulture, $"Network {network.Name} would have {parameters:N0} parameters; at most {MostParameters:N0} are possible."));
    }

    private static INetwork Make(NetworkSettings settings, TaskShape task) => settings.Kind switch
    {
        "linear" => new DenseNetwork([task.Features, task.Outputs], Activation.Relu),
        "mlp" => Mlp(settings, task),
        "lenet5" => LeNet(task),
        "layers" => Listed(settings.Layers, task),
        _ when NetworkCatalog.All.FirstOrDefault(n => n.Name == settings.Kind)?.Layers is { } layers => OfLayers(settings.Kind, Image(settings.Kind, task), layers(task.Outputs)),
        _ => throw new NetworkException($"Unknown network \"{settings.Kind}\"; known are {string.Join(", ", NetworkCatalog.Names)}, layers."),
    };

    private static DenseNetwork Mlp(NetworkSettings settings, TaskShape task)
    {
        if (settings.Hidden.IsDefaultOrEmpty)
        {
            throw new NetworkException("Network mlp needs at least one hidden width, such as hidden = [64, 64]; for none use kind = linear.");
        }

        foreach (var width in settings.Hidden)
        {
            if (width is <= 0 or > 65536)
            {
                throw new NetworkException($"Network mlp: the hidden width {width} is not between 1 and 65536.");
            }
        }

        var activation = settings.Activation switch
        {
            "relu" => Activation.Relu,
            "tanh" => Activation.Tanh,
            _ => throw new NetworkException($"Network mlp: unknown activation \"{settings.Activation}\"; known are relu, tanh."),
        };
        return new DenseNetwork([task.Features, .. settings.Hidden, task.Outputs], activation);
    }

    private static LeNet5 LeNet(TaskShape task) => Image("lenet5", task) switch
    {
        [_, var height, var width] when Math.Min(height, width) < LeNet5.SmallestSide => throw new NetworkException(
            $"Network lenet5 needs images of at least {LeNet5.SmallestSide}×{LeNet5.SmallestSide} pixels, but these are {height}×{width}; use mlp or linear."),
        var image => new LeNet5(image[0], image[1], image[2], task.Outputs),
    };

    private static SequentialNetwork Listed(ImmutableArray<string> texts, TaskShape task)
    {
        var layers = LayerNotation.Read(texts);
        var shape = InputShape(task);
        for (var i = 0; i < layers.Length; i++)
        {
            try
            {
                shape = layers[i].OutputShape(shape);
            }
            catch (NetworkException e)
            {
                throw new NetworkException($"Layer {i + 1} of the network, {texts[i]}, does not fit: {e.Message}");
            }
        }

        return new("layers", InputShape(task), [.. layers, .. shape.Length == 1 ? Array.Empty<Layer>() : [new FlattenLayer()], new DenseLayer(task.Outputs)]);
    }

    private static ImmutableArray<int> InputShape(TaskShape task) => task.InputShape is [var height, var width] ? [1, height, width] : task.InputShape;

    private static ImmutableArray<int> Image(string kind, TaskShape task) => InputShape(task) switch
    {
        { Length: 3 } shape => shape,
        _ => throw new NetworkException($"Network {kind} needs images, but this dataset has {task.Features} features per instance; use mlp or linear."),
    };

    private static SequentialNetwork OfLayers(string name, ImmutableArray<int> input, ImmutableArray<Layer> layers)
    {
        try
        {
            return new SequentialNetwork(name, input, layers);
        }
        catch (NetworkException e)
        {
            throw new NetworkException($"Network {name} does not fit instances of {string.Join('×', input)}: {e.Message}");
        }
    }
}
