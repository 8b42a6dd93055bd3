using LossActors.Learning.Protocols;

namespace LossActors.Learning.Networks;

/// <summary>Makes the base network that settings name, fit for a task.</summary>
public static class NetworkFactory
{
    /// <summary>Makes a network.</summary>
    /// <exception cref="NetworkException">The kind is unknown, a width is not positive, or the network does not fit the task.</exception>
    public static INetwork Create(NetworkSettings settings, TaskShape task) => settings.Kind switch
    {
        "linear" => new DenseNetwork([task.Features, task.Outputs], Activation.Relu),
        "mlp" => Mlp(settings, task),
        "lenet5" => LeNet(task),
        _ => throw new NetworkException($"Unknown network \"{settings.Kind}\"; known are {string.Join(", ", NetworkCatalog.Names)}."),
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

    private static LeNet5 LeNet(TaskShape task)
    {
        var shape = task.InputShape;
        var (channels, height, width) = shape.Length switch
        {
            2 => (1, shape[0], shape[1]),
            3 => (shape[0], shape[1], shape[2]),
            _ => throw new NetworkException(
                $"Network lenet5 needs images, but this dataset has {task.Features} features per instance; use mlp or linear."),
        };
        if (Math.Min(height, width) < LeNet5.SmallestSide)
        {
            throw new NetworkException(
                $"Network lenet5 needs images of at least {LeNet5.SmallestSide}×{LeNet5.SmallestSide} pixels, but these are {height}×{width}; use mlp or linear.");
        }

        return new LeNet5(channels, height, width, task.Outputs);
    }
}
