using System.Collections.Immutable;
using LossActors.Learning.Networks.Architectures;
using LossActors.Learning.Networks.Layers;
using LossActors.Learning.Protocols;

namespace LossActors.Learning.Networks;

/// <summary>The base networks that are built in.</summary>
public static class NetworkCatalog
{
    /// <summary>What lists count parameters for: colour images of 32×32 pixels in ten classes.</summary>
    public static TaskShape Reference { get; } = new(TaskKind.Classification, 10, [3, 32, 32]);

    /// <summary>One entry per kind of network.</summary>
    public static ImmutableArray<NetworkDescription> All { get; } =
    [
        new("linear", "linear regression; logistic regression for classes", NeedsImages: false),
        new("mlp", "fully connected layers of any widths, relu or tanh (Raymond et al.: hidden = [1000, 1000])", NeedsImages: false),
        new("lenet5", "LeNet-5: two 5×5 convolutions with average pooling, then 120-84, tanh", NeedsImages: true),
        Of("alexnet", "AlexNet for small images: five convolutions, two layers of 4096 with dropout", AlexNet.Layers),
        Of("allcnn-c", "All-CNN-C: strided convolutions, batch normalisation, dropout", AllCnnC.Layers),
        .. Each([11, 13, 16, 19], "vgg", "VGG", "with batch normalisation", Vgg.Layers),
        .. Each([18, 34, 50, 101, 152], "resnet", "ResNet", "for small images", ResNet.Layers),
        .. Each([18, 34, 50, 101, 152], "preresnet", "ResNet", "with activations before convolutions", PreResNet.Layers),
        Wide(16, 8),
        Wide(28, 10),
        Wide(40, 4),
        Of("squeezenet", "SqueezeNet with bypass and batch normalisation, dropout", SqueezeNet.Layers),
        Of("pyramidnet110-48", "PyramidNet of depth 110, widened by 48", outputs => PyramidNet.Layers(110, 48, outputs)),
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

    private static NetworkDescription Of(string name, string summary, Func<int, ImmutableArray<Layer>> layers) => new(name, summary, NeedsImages: true) { Layers = layers };

    private static NetworkDescription Wide(int depth, int widening) =>
        Of($"wideresnet{depth}-{widening}", $"Wide ResNet of depth {depth}, {widening} times as wide", outputs => WideResNet.Layers(depth, widening, outputs));

    private static IEnumerable<NetworkDescription> Each(int[] depths, string name, string family, string what, Func<int, int, ImmutableArray<Layer>> layers) =>
        depths.Select(depth => Of($"{name}{depth}", $"{family}-{depth} {what}", outputs => layers(depth, outputs)));
}
