namespace LossActors.Learning.Training.Layers;

/// <summary>An unpadded convolution of stride 1, seen as products of rows: what it multiplies for one pixel are as many runs of consecutive rows as the kernel is high.</summary>
/// <param name="Input">Maps that go in.</param>
/// <param name="Outputs">Channels that come out.</param>
/// <param name="Kernel">The kernel's side.</param>
internal readonly record struct ConvolutionShape(FlowShape Input, int Outputs, int Kernel)
{
    /// <summary>Maps that come out.</summary>
    public FlowShape Output => new(Outputs, Input.Height - Kernel + 1, Input.Width - Kernel + 1);

    /// <summary>Consecutive input rows under one line of the kernel.</summary>
    public int Run => Kernel * Input.Channels;

    /// <summary>Input rows under the kernel.</summary>
    public int Taps => Kernel * Run;

    /// <summary>Where a weight [output, channel, y, x] lies in PyTorch's layout.</summary>
    public int WeightIndex(int output, int channel, int y, int x) => (((((output * Input.Channels) + channel) * Kernel) + y) * Kernel) + x;
}
