using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks;

/// <summary>Derived facts of a network.</summary>
public static class NetworkExtensions
{
    /// <summary>How many numbers the parameters hold in all.</summary>
    public static int ParameterCount(this INetwork network) => (int)network.ParameterShapes.Sum(shape => shape.Size());

    /// <summary>The shapes of parameters and then buffers.</summary>
    public static ImmutableArray<ImmutableArray<long>> StateShapes(this INetwork network) => [.. network.ParameterShapes, .. network.BufferShapes];

    /// <summary>How many numbers a tensor of this shape holds.</summary>
    internal static long Size(this ImmutableArray<int> shape) => shape.Aggregate(1L, (product, size) => product * size);

    /// <summary>
    /// The values that a layer made of these, which nobody needs any more: their memory is free again at once, unless autograd keeps it for a backward pass. A deep network's
    /// layers together take many times what two of them do.
    /// </summary>
    internal static Tensor ReplacedBy(this Tensor values, Tensor next)
    {
        if (!ReferenceEquals(values, next))
        {
            values.Dispose();
        }

        return next;
    }

    /// <inheritdoc cref="Size(ImmutableArray{int})"/>
    internal static long Size(this IEnumerable<long> shape) => shape.Aggregate(1L, (product, size) => product * size);
}
