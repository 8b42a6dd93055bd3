using LossActors.Learning.Native;
using TorchSharp;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Native;

public sealed class ConvolutionBackendsTests
{
    // Odd channels: oneDNN fills up its blocks of 8 or 16.
    [Theory]
    [InlineData(1, 3, 5)]
    [InlineData(2, 6, 7)]
    public void WhatMemoryHeldBeforeDoesNotShowInTheGradientsOfConvolutions(int channels, int first, int second)
    {
        Torch.Ensure();
        for (var trial = 0; trial < 40; trial++)
        {
            using var scope = NewDisposeScope();
            Poison();
            using var inputs = ones(33, channels, 9, 11);
            Tensor[] weights = [(ones(first, channels, 3, 3) * 0.1f).detach().requires_grad_(true), (ones(second, first, 2, 2) * 0.1f).detach().requires_grad_(true)];

            var outputs = nn.functional.conv2d(nn.functional.conv2d(inputs, weights[0]), weights[1]);
            var gradients = autograd.grad([outputs.square().sum()], weights, create_graph: true, retain_graph: true);
            var again = autograd.grad([gradients[0].square().sum() + gradients[1].square().sum()], weights);

            Assert.All(gradients.Concat(again), gradient => Assert.True(gradient.isfinite().all().ToBoolean(), $"trial {trial}"));
        }
    }

    // Leaves memory of all sizes that was NaN to be used again.
    private static void Poison()
    {
        var tensors = Enumerable.Range(3, 14).SelectMany(bits => Enumerable.Range(0, 6).Select(i => full([(1 << bits) + i], float.NaN))).ToList();
        tensors.ForEach(tensor => tensor.Dispose());
    }
}
