using static TorchSharp.torch;

namespace LossActors.Learning.Benchmarks;

/// <summary>The product of two square matrices: what the machine's arithmetic is good for.</summary>
internal sealed class MatrixProduct(Device device) : IBenchmarkStep
{
    /// <summary>Rows and columns.</summary>
    public const int Size = 2048;

    private readonly Tensor _a = ones(Size, Size, device: device).DetachFromDisposeScope();
    private readonly Tensor _b = ones(Size, Size, device: device).DetachFromDisposeScope();

    /// <inheritdoc/>
    public void Step() => _a.mm(_b).Dispose();

    /// <inheritdoc/>
    public void Dispose()
    {
        _a.Dispose();
        _b.Dispose();
    }
}
