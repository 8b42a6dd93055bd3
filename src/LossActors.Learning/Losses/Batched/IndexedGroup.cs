using System.Collections.Immutable;
using LossActors.Expressions;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses.Batched;

/// <summary>A <see cref="NodeGroup"/> on a device: its rows as index tensors, and the coefficients found there, [node, 1].</summary>
internal sealed class IndexedGroup : IDisposable
{
    public IndexedGroup(NodeGroup group, Tensor coefficients, Device device)
    {
        Primitive = group.Primitive;
        At = Rows(group.Rows, device);
        First = Rows(group.First, device);
        Second = Rows(group.Second, device);
        Members = Rows(group.Members, device);
        Coefficients = coefficients.index_select(0, At).DetachFromDisposeScope();
        FirstCoefficients = coefficients.index_select(0, First).DetachFromDisposeScope();
        SecondCoefficients = coefficients.index_select(0, Second).DetachFromDisposeScope();
    }

    /// <summary>What the nodes compute.</summary>
    public Primitive Primitive { get; }

    /// <summary>Their rows.</summary>
    public Tensor At { get; }

    /// <summary>Rows of first arguments.</summary>
    public Tensor First { get; }

    /// <summary>Rows of second arguments.</summary>
    public Tensor Second { get; }

    /// <summary>To whose losses they belong.</summary>
    public Tensor Members { get; }

    /// <summary>Their coefficients.</summary>
    public Tensor Coefficients { get; }

    /// <summary>Coefficients of first arguments.</summary>
    public Tensor FirstCoefficients { get; }

    /// <summary>Coefficients of second arguments.</summary>
    public Tensor SecondCoefficients { get; }

    /// <summary>Numbers of rows as an index; the caller owns it.</summary>
    public static Tensor Rows(ImmutableArray<int> rows, Device device)
    {
        using var scope = NewDisposeScope();
        return tensor([.. rows.Select(row => (long)row)], ScalarType.Int64).to(device).DetachFromDisposeScope();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var tensor in (Tensor[])[At, First, Second, Members, Coefficients, FirstCoefficients, SecondCoefficients])
        {
            tensor.Dispose();
        }
    }
}
