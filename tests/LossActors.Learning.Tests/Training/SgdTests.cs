using LossActors.Evolution.Randomness;
using LossActors.Learning.Native;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Training;

public sealed class SgdTests
{
    private const int Parameters = 13;

    [Theory]
    [InlineData(0.0, false, 0.0)]
    [InlineData(0.0, false, 0.05)]
    [InlineData(0.9, false, 0.05)]
    [InlineData(0.9, true, 0.05)]
    public void StepsAreThoseOfTorchsOwnOptimiser(double momentum, bool nesterov, double decay)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var settings = new TrainingSettings { Momentum = momentum, Nesterov = nesterov, WeightDecay = decay };
        var stream = RandomStream.For(5, 0, 0, Purpose.Weights);
        var start = Draw();
        var parameter = new TorchSharp.Modules.Parameter(tensor(start));
        var optimiser = optim.SGD([parameter], 0.1, momentum, 0, decay, nesterov);
        var ours = (double[])start.Clone();
        var sgd = new Sgd<double>(settings, Parameters);
        using var onTensors = new TensorSgd(settings);
        Tensor[] weights = [tensor(start)];

        for (var step = 0; step < 5; step++)
        {
            var gradient = Draw();
            parameter.grad = tensor(gradient);
            optimiser.step();
            sgd.Step(ours, gradient, 0.1);
            weights = onTensors.Step(weights, [tensor(gradient)], 0.1);
        }

        Assert.All(parameter.detach().data<double>().ToArray().Zip(ours), p => Assert.Equal(p.First, p.Second, 1e-15));
        Assert.All(weights[0].data<double>().ToArray().Zip(ours), p => Assert.Equal(p.First, p.Second, 1e-15));
        double[] Draw() => [.. Enumerable.Range(0, Parameters).Select(_ => stream.NextNormal())];
    }

    [Fact]
    public void AdamIsTorchsOwn()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        var stream = RandomStream.For(5, 0, 0, Purpose.Weights);
        var ours = Draw();
        var parameter = new TorchSharp.Modules.Parameter(tensor(ours));
        var optimiser = optim.Adam([parameter], 0.01);
        var adam = new Adam(Parameters, 0.01);

        for (var step = 0; step < 5; step++)
        {
            var gradient = Draw();
            parameter.grad = tensor(gradient);
            optimiser.step();
            adam.Step(ours, gradient);
        }

        Assert.All(parameter.detach().data<double>().ToArray().Zip(ours), p => Assert.Equal(p.First, p.Second, 1e-14));
        double[] Draw() => [.. Enumerable.Range(0, Parameters).Select(_ => stream.NextNormal())];
    }

    [Fact]
    public void TheRateFallsAtEachMilestone()
    {
        var settings = new TrainingSettings { Milestones = [10, 20], Decay = 0.5 };

        Assert.Equal([1, 1, 0.5, 0.5, 0.25], new[] { 0, 9, 10, 19, 20 }.Select(step => LearningRateSchedule.Factor(settings, step)));
    }
}
