using LossActors.Learning.Networks;

namespace LossActors.Learning.Training;

/// <summary>Where one of a network's parameters lies for all members of a cohort: [member, shape].</summary>
/// <param name="Offset">Of the first member.</param>
/// <param name="Size">Entries per member.</param>
/// <param name="Members">How many.</param>
internal readonly record struct ParameterBlock(int Offset, int Size, int Members)
{
    /// <summary>One block per parameter, in the network's order, without gaps.</summary>
    public static ParameterBlock[] Of(INetwork network, int members)
    {
        var offset = 0;
        return [.. network.ParameterShapes.Select(shape =>
        {
            var block = new ParameterBlock(offset, (int)shape.Size(), members);
            offset += block.Size * members;
            return block;
        })];
    }

    /// <summary>Where a member's entries begin.</summary>
    public int Start(int member) => Offset + (member * Size);

    /// <summary>A member's entries.</summary>
    public Span<T> Of<T>(Span<T> all, int member) => all.Slice(Start(member), Size);

    /// <summary>Every member's entries.</summary>
    public Span<T> All<T>(Span<T> all) => all.Slice(Offset, Size * Members);
}
