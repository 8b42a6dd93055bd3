using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using static TorchSharp.torch;

namespace LossActors.Learning.Networks.Layers;

/// <summary>
/// Batch normalisation (Ioffe and Szegedy, 2015) of each channel or feature, as PyTorch has it: ε = 1e-5, running statistics that take in a tenth of each batch's, the variance
/// among them unbiased; then a factor and a shift, which are learned.
/// </summary>
public sealed record BatchNormalisationLayer : Layer
{
    private const double Epsilon = 1e-5;
    private const double Momentum = 0.1;

    /// <inheritdoc/>
    public override ImmutableArray<int> OutputShape(ImmutableArray<int> input) => input;

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> ParameterShapes(ImmutableArray<int> input) => [[input[0]], [input[0]]];

    /// <inheritdoc/>
    public override ImmutableArray<ImmutableArray<long>> BufferShapes(ImmutableArray<int> input) => [[input[0]], [input[0]]];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialParameters(ImmutableArray<int> input, RandomStream stream) => [Ones(input[0]), new float[input[0]]];

    /// <inheritdoc/>
    public override IEnumerable<float[]> InitialBuffers(ImmutableArray<int> input) => [new float[input[0]], Ones(input[0])];

    // One value has no deviation.
    /// <inheritdoc/>
    public override int LeastBatch(ImmutableArray<int> input) => input.Size() == input[0] ? 2 : 1;

    /// <inheritdoc/>
    public override Tensor Forward(Tensor inputs, ImmutableArray<int> input, LayerFeed feed)
    {
        var (factor, shift, mean, variance) = (feed.Parameter(), feed.Parameter(), feed.Buffer(), feed.Buffer());
        return nn.functional.batch_norm(ForAll(inputs, factor.shape[0]), mean!, variance!, factor, shift, feed.UsesBatchStatistics, Momentum, Epsilon);
    }

    private static float[] Ones(int count)
    {
        var ones = new float[count];
        Array.Fill(ones, 1);
        return ones;
    }
}
