using System.Collections.Immutable;
using LossActors.Evolution.Randomness;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Networks.Layers;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Networks;

public sealed class LayerTests
{
    private static readonly DropoutMasks s_masks = DropoutMasks.Fitness(5, 0);

    [Fact]
    public void BatchNormalisationTrainsByTheBatchAndEvaluatesByRunningStatistics()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        Layer layer = new BatchNormalisationLayer();
        var inputs = Normal(6, 2, 3, 3) * 2 + 1;
        var (factor, shift) = (tensor([1.5, 0.5]), tensor([0.1, -0.2]));
        var (mean, variance) = (tensor([0.3, 0.4]), tensor([2.0, 3.0]));
        Tensor[] state = [factor, shift, mean.clone(), variance.clone()];
        var (batchMean, batchVariance) = (inputs.mean([0, 2, 3]), inputs.var([0, 2, 3], unbiased: false));

        var judged = Forward(ForwardPass.Judgement);
        AssertClose(Normalised(batchMean, batchVariance), judged);
        AssertClose(mean, state[2]);

        AssertClose(judged, Forward(ForwardPass.Training(s_masks, 0)));
        AssertClose((mean * 0.9) + (batchMean * 0.1), state[2]);
        AssertClose((variance * 0.9) + (inputs.var([0, 2, 3], unbiased: true) * 0.1), state[3]);

        AssertClose(Normalised(state[2], state[3]), Forward(ForwardPass.Evaluation));
        AssertClose(judged, layer.Forward(inputs, [2, 3, 3], new LayerFeed(state[..2], 2, ForwardPass.Training(s_masks, 0))));

        Tensor Forward(ForwardPass pass) => layer.Forward(inputs, [2, 3, 3], new LayerFeed(state, 2, pass));

        Tensor Normalised(Tensor m, Tensor v) => ((inputs - Wide(m)) / (Wide(v) + 1e-5).sqrt() * Wide(factor)) + Wide(shift);

        static Tensor Wide(Tensor perChannel) => perChannel.view(1, 2, 1, 1);
    }

    [Fact]
    public void DropoutDropsTheSameEntriesWheneverItIsAskedForTheSameStep()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var inputs = ones(20, 5, 4, 4, ScalarType.Float64);

        var (a, again) = (Drop(ForwardPass.Training(s_masks, 3)), Drop(ForwardPass.Training(s_masks, 3)));

        Assert.Equal(a, again);
        Assert.All(a, entry => Assert.Contains(entry, new[] { 0, (double)(float)(1 / 0.7) }));
        Assert.InRange(a.Count(entry => entry == 0) / (double)a.Length, 0.26, 0.34);
        Assert.NotEqual(a, Drop(ForwardPass.Training(s_masks, 4)));
        Assert.NotEqual(a, Drop(ForwardPass.Training(DropoutMasks.Fitness(5, 1), 3)));
        Assert.NotEqual(a, Drop(ForwardPass.Training(DropoutMasks.Refinement(5, 0), 3)));
        Assert.NotEqual(a, Drop(ForwardPass.Training(DropoutMasks.Fitness(6, 0), 3)));
        Assert.All(Drop(ForwardPass.Evaluation), entry => Assert.Equal(1, entry));
        Assert.All(Drop(ForwardPass.Judgement), entry => Assert.Equal(1, entry));

        double[] Drop(ForwardPass pass) => Values(new DropoutLayer(0.3).Forward(inputs, [5, 4, 4], new LayerFeed([], 0, pass)));
    }

    [Fact]
    public void TwoDropoutLayersDropDifferentEntries()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var network = new SequentialNetwork("made-up", [50], [new DropoutLayer(0.5), new DropoutLayer(0.5)]);

        var outputs = Values(network.Forward(ones(40, 50), [], ForwardPass.Training(s_masks, 0)).to(ScalarType.Float64));

        Assert.InRange(outputs.Count(entry => entry == 4) / 2000.0, 0.2, 0.3);
        Assert.DoesNotContain(2.0, outputs);
    }

    [Theory]
    [InlineData(3, 1, 1, 9, 7)]
    [InlineData(3, 2, 1, 5, 4)]
    [InlineData(1, 2, 0, 5, 4)]
    [InlineData(5, 1, 0, 5, 3)]
    public void AConvolutionGivesTheMapsThatItsShapeSays(int kernel, int stride, int padding, int height, int width)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        Layer layer = new ConvolutionLayer(4, kernel) { Stride = stride, Padding = padding, HasBias = false };

        var outputs = layer.Forward(Normal(2, 3, 9, 7), [3, 9, 7], new LayerFeed([Normal(4, 3, kernel, kernel)], 1, ForwardPass.Evaluation));

        Assert.Equal([4, height, width], layer.OutputShape([3, 9, 7]));
        Assert.Equal([2, 4, height, width], outputs.shape);
        Assert.Single(layer.ParameterShapes([3, 9, 7]));
    }

    [Fact]
    public void BranchesAreAddedPutTogetherAndPadded()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var (inputs, relu) = (Normal(2, 3, 4, 4), new ActivationLayer(Activation.Relu));

        AssertClose(inputs + inputs.relu(), Forward(new ResidualLayer(relu)));
        AssertClose(inputs.tanh() + inputs.relu(), Forward(new ResidualLayer(relu, new ActivationLayer(Activation.Tanh))));
        AssertClose(cat([inputs.relu(), inputs.tanh()], 1), Forward(new ConcatenationLayer(relu, new ActivationLayer(Activation.Tanh))));
        AssertClose(cat([inputs, zeros(2, 2, 4, 4, ScalarType.Float64)], 1), Forward(new ChannelPaddingLayer(5)));
        AssertClose(inputs.relu().mean([2, 3], keepdim: true), Forward(new SequenceLayer(relu, new AdaptiveAveragePoolingLayer(1))));
        AssertClose(inputs[TensorIndex.Ellipsis, ..2, ..2].amax([2, 3]), Forward(new MaxPoolingLayer(2))[TensorIndex.Ellipsis, 0, 0]);

        Tensor Forward(Layer layer)
        {
            var outputs = layer.Forward(inputs, [3, 4, 4], new LayerFeed([], 0, ForwardPass.Evaluation));
            Assert.Equal(outputs.shape.Skip(1), layer.OutputShape([3, 4, 4]).Select(size => (long)size));
            return outputs;
        }
    }

    [Fact]
    public void BranchesThatDoNotFitAreRefusedInOneLine()
    {
        Assert.Contains("cannot be added", Refusal(new ResidualLayer(new ConvolutionLayer(2, 3))), StringComparison.Ordinal);
        Assert.Contains("6×6 and 3×8×8 cannot be put together", Refusal(new ConcatenationLayer(new ConvolutionLayer(2, 3), new SequenceLayer())), StringComparison.Ordinal);
        Assert.Contains("no more, not 3×8×8", Refusal(new ChannelPaddingLayer(2)), StringComparison.Ordinal);
        Assert.Contains("needs maps", Refusal(new SequenceLayer(new FlattenLayer(), new AdaptiveAveragePoolingLayer(1))), StringComparison.Ordinal);
        Assert.Contains("9×9", Refusal(new MaxPoolingLayer(9)), StringComparison.Ordinal);

        static string Refusal(Layer layer) => Assert.Throws<NetworkException>(() => layer.OutputShape([3, 8, 8])).Message;
    }

    [Fact]
    public void RectifiedConvolutionsBeginAsHeSaysAndNormalisationDoesNothingAtFirst()
    {
        ImmutableArray<int> input = [4, 9, 9];
        var stream = RandomStream.For(1, 2, 3, Purpose.Weights);

        var weights = new ConvolutionLayer(16, 3) { Initialisation = Initialisation.He }.InitialParameters(input, stream).ToList();

        var bound = (float)Math.Sqrt(6.0 / 36);
        Assert.InRange(weights[0].Max(), 0.99f * bound, bound);
        Assert.InRange(weights[0].Min(), -bound, -0.99f * bound);
        Assert.All(weights[1], bias => Assert.Equal(0, bias));
        Assert.Equal([[1, 1, 1, 1], [0, 0, 0, 0]], new BatchNormalisationLayer().InitialParameters(input, stream));
        Assert.Equal([[0, 0, 0, 0], [1, 1, 1, 1]], new BatchNormalisationLayer().InitialBuffers(input));
    }

    private static Tensor Normal(params long[] shape)
    {
        var stream = RandomStream.For(3, 1, 4, Purpose.Batches);
        return tensor([.. Enumerable.Range(0, (int)shape.Aggregate((a, b) => a * b)).Select(_ => stream.NextNormal())], shape);
    }

    private static double[] Values(Tensor tensor) => [.. tensor.contiguous().data<double>()];

    private static void AssertClose(Tensor expected, Tensor actual)
    {
        Assert.Equal(expected.shape, actual.shape);
        Assert.All(Values(expected).Zip(Values(actual)), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }
}
