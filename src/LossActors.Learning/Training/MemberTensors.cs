using System.Collections.Immutable;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Tensors that hold one entry per member of a cohort: [member, shape]. Whoever makes some owns them.</summary>
internal static class MemberTensors
{
    /// <summary>The same for every member.</summary>
    /// <param name="shapes">Without the member.</param>
    /// <param name="initial">One row-major array per shape, and perhaps more.</param>
    /// <param name="members">How many.</param>
    /// <param name="type">Precision.</param>
    /// <param name="device">Where they go.</param>
    public static Tensor[] Repeat(ImmutableArray<ImmutableArray<long>> shapes, float[][] initial, long members, ScalarType type, Device device)
    {
        using var scope = NewDisposeScope();
        return
        [
            .. shapes.Select((shape, i) =>
                TorchMemory.Copy(initial[i], shape, type, device).unsqueeze(0).repeat([members, .. shape.Select(_ => 1L)]).DetachFromDisposeScope()),
        ];
    }

    /// <summary>Those of some members.</summary>
    public static Tensor[] Keep(this Tensor[] tensors, Tensor rows) => [.. tensors.Select(tensor => tensor.index_select(0, rows).DetachFromDisposeScope())];

    /// <summary>One member's, without the member's dimension.</summary>
    public static Tensor[] Release(this IEnumerable<Tensor> tensors, int member)
    {
        using var scope = NewDisposeScope();
        return [.. tensors.Select(tensor => tensor[member].clone().DetachFromDisposeScope())];
    }

    /// <summary>Disposes them all.</summary>
    public static void Dispose(this IEnumerable<Tensor> tensors)
    {
        foreach (var tensor in tensors)
        {
            tensor.Dispose();
        }
    }
}
