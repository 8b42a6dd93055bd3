using System.Collections.Immutable;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Networks;

/// <summary>The base networks that are built in.</summary>
public static class NetworkCatalog
{
    /// <summary>One entry per kind of network.</summary>
    public static ImmutableArray<NetworkDescription> All { get; } =
    [
        new("linear", "linear regression; logistic regression for classes", NeedsImages: false),
        new("mlp", "fully connected layers of any widths, relu or tanh", NeedsImages: false),
        new("lenet5", "LeNet-5: two 5×5 convolutions with average pooling, then 120-84, tanh", NeedsImages: true),
    ];

    /// <summary>The names, as settings use them.</summary>
    public static IEnumerable<string> Names => All.Select(n => n.Name);

    /// <summary>How many parameters a network has for a task; null when it does not fit the task.</summary>
    public static int? ParameterCount(NetworkSettings settings, TaskShape task)
    {
        try
        {
            return NetworkFactory.Create(settings, task).ParameterCount();
        }
        catch (NetworkException)
        {
            return null;
        }
    }
}
