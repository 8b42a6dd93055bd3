using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Support;

/// <summary>Native tensors alive in this process.</summary>
internal static class LiveTensors
{
    /// <summary>How many there are, those aside that nobody holds any more: what an earlier test left to the garbage collector must not vanish between this count and the next.</summary>
    public static long Settled()
    {
        GC.Collect();
        GC.WaitForPendingFinalizers();
        return Tensor.TotalCount;
    }
}
