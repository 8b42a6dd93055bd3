using System.Collections.Immutable;
using System.Numerics;
using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training.Layers;

/// <summary>One of a network's parameters.</summary>
/// <param name="All">Where it lies.</param>
/// <param name="Offset">At which entry it begins.</param>
/// <param name="Shape">In PyTorch's layout.</param>
internal sealed record Parameter<T>(Parameters<T> All, int Offset, ImmutableArray<long> Shape)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>Its entries.</summary>
    public Span<T> Weights => All.Weights.Span.Slice(Offset, Size);

    /// <summary>Their gradient.</summary>
    public Span<T> Gradient => All.Gradient.Span.Slice(Offset, Size);

    /// <summary>Their part of the direction.</summary>
    public Span<T> Direction => All.Direction.Span.Slice(Offset, Size);

    /// <summary>Their gradient's derivative along the direction.</summary>
    public Span<T> GradientTangent => All.GradientTangent.Span.Slice(Offset, Size);

    /// <summary>How many entries.</summary>
    public int Size { get; } = (int)Shape.Size();

    /// <summary>A tensor in the parameter's shape that shares the entries' memory; the caller owns it.</summary>
    public Tensor View(HostTensor<T> memory) => memory.View(Offset, Shape);
}
