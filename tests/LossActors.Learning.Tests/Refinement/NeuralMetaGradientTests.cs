using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Tests.Losses.Neural;
using LossActors.Learning.Tests.Support;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Refinement;

public sealed class NeuralMetaGradientTests
{
    private static readonly LossFunction s_loss = LossFunction.Of(NeuralLossTests.Start(6));

    [Theory]
    [InlineData(1)]
    [InlineData(5)]
    public void TheCompiledWayIsDoubleBackwardInEveryMemberOfACohort(int steps)
    {
        using var problem = new MetaProblem(new DenseNetwork([5, 7, 6, 4], Activation.Tanh), [5], steps, ScalarType.Float64);
        LossFunction[] losses = [s_loss, LossFunction.Of(Expressions.Expression.Parse("square(sub(y, f))")), LossFunction.Of(NeuralLossTests.Start(7))];

        var cohort = problem.Compute(losses);

        foreach (var (loss, meta) in losses.Zip(cohort))
        {
            var expected = problem.DoubleBackward(loss);
            Assert.Equal(expected.TaskLoss, meta.TaskLoss, 1e-12);
            Assert.InRange(MetaProblem.SquaredError(meta, expected), 0, 1e-18);
        }
    }

    // The plain way as well: it agrees with the compiled one.
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void ItIsHowTheTaskLossChangesWithEachParameter(int steps)
    {
        using var problem = new MetaProblem(new DenseNetwork([5, 7, 4], Activation.Tanh), [5], steps, ScalarType.Float64);
        var meta = problem.Compute([s_loss])[0];
        var largest = meta.Gradient.Max(Math.Abs);

        foreach (var parameter in Enumerable.Range(0, 40).Select(i => i * 70).Append(meta.Gradient.Length - 1))
        {
            Assert.Equal((At(parameter, 1e-5) - At(parameter, -1e-5)) / 2e-5, meta.Gradient[parameter], 1e-4 * largest);
        }

        double At(int parameter, double shift)
        {
            double[] moved = [.. s_loss.Parameters];
            moved[parameter] += shift;
            return problem.Compute([s_loss], [moved])[0].TaskLoss;
        }
    }
}
