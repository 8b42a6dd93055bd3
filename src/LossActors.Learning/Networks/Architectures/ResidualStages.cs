namespace LossActors.Learning.Networks.Architectures;

/// <summary>The four stages of a residual network (He et al., 2016), each but the first of which halves the maps and doubles their number.</summary>
/// <param name="Blocks">Per stage.</param>
/// <param name="IsBottleneck">Whether blocks are 1×1, 3×3, 1×1 convolutions, the last four times as wide; otherwise two of 3×3.</param>
internal sealed record ResidualStages(int[] Blocks, bool IsBottleneck)
{
    /// <summary>Maps of the stem.</summary>
    public const int Stem = 64;

    /// <summary>The published ones.</summary>
    public static ResidualStages Of(int depth) => depth switch
    {
        18 => new([2, 2, 2, 2], false),
        34 => new([3, 4, 6, 3], false),
        50 => new([3, 4, 6, 3], true),
        101 => new([3, 4, 23, 3], true),
        _ => new([3, 8, 36, 3], true),
    };

    /// <summary>Every block's width, stride, and what comes out of it.</summary>
    public IEnumerable<(int Width, int Stride, int Channels)> Each()
    {
        for (var stage = 0; stage < Blocks.Length; stage++)
        {
            for (var block = 0; block < Blocks[stage]; block++)
            {
                yield return (Stem << stage, stage > 0 && block == 0 ? 2 : 1, (Stem << stage) * (IsBottleneck ? 4 : 1));
            }
        }
    }
}
