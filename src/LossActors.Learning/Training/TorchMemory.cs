using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>
/// Tensors of managed arrays. TorchSharp's <c>tensor(…)</c> leaves the numbers where the garbage collector put them; matrix products and sums round differently when memory begins
/// elsewhere in a cache line, so the same training would not give the same bits twice. Memory of libtorch's own always begins at one.
/// </summary>
internal static class TorchMemory
{
    /// <summary>A copy of some numbers in libtorch's memory; in the caller's dispose scope.</summary>
    /// <param name="numbers">Row-major.</param>
    /// <param name="shape">The tensor's.</param>
    /// <param name="type">Its precision.</param>
    /// <param name="device">Where it goes.</param>
    public static Tensor Copy(float[] numbers, IEnumerable<long> shape, ScalarType type, Device device) =>
        tensor(numbers, [.. shape]).clone().to(type).to(device);
}
