using System.Collections.Immutable;
using LossActors.Learning.Benchmarks;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Benchmarks;

public sealed class WorkloadTests
{
    [Fact]
    public void OperationsAreThoseOfTheMatrixProductsAlone()
    {
        var wide = new DenseNetwork([784, 1000, 1000, 10], Activation.Relu);
        var training = new Workload("", wide, 784, 1, StepKind.Training).Operations;
        var meta = new Workload("", wide, 784, 1, StepKind.Meta).Operations;

        // 1.18 GFLOP a step, 2.6 times that a meta step.
        Assert.Equal(2.0 * 128 * (((784_000 + 1_000_000 + 10_000) * 3.0) - 784_000), training);
        Assert.Equal(2.6, meta / training, 0.02);

        // LeNet-5: outputs × kernel entries of both convolutions, then the dense layers.
        const double first = 24 * 24 * 6 * 25;
        const double all = first + (8 * 8 * 16 * 150) + (256 * 120) + (120 * 84) + (84 * 10);
        Assert.Equal(2.0 * 128 * ((3 * all) - first), new Workload("", new LeNet5(1, 28, 28, 10), 784, 1, StepKind.Training).Operations);
        Assert.Equal(2.0 * 128 * 7840 * 2, new Workload("", new DenseNetwork([784, 10], Activation.Relu), 784, 32, StepKind.Training).Operations);
    }

    [Theory]
    [InlineData(1, false)]
    [InlineData(4, false)]
    [InlineData(1, true)]
    public void EveryKindOfStepCanBeTakenAgainAndAgain(int cohort, bool convolutions)
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        INetwork network = convolutions ? new LeNet5(1, 28, 28, 10) : new DenseNetwork([784, 20, 10], Activation.Tanh);
        var workload = new Workload("", network, 784, cohort, StepKind.Training);
        foreach (var step in ImmutableArray.Create<IBenchmarkStep>(new TrainingStep(workload, CPU), new MetaStep(workload, CPU), new EagerStep(workload, CPU)))
        {
            using (step)
            {
                step.Step();
                step.Step();
            }
        }
    }
}
