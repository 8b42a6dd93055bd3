using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Native;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Verification;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Losses;

public sealed class TorchLossTests
{
    [Fact]
    public void CompiledAndTensorDerivativesOfFourHundredRandomTreesAgree()
    {
        Torch.Ensure();
        for (var number = 0UL; number < 400; number++)
        {
            var tree = RandomTrees.Make(number);
            var stream = RandomStream.For(23, number, 0, Purpose.Probe);
            double[] y = [0, 1, 0, .. Enumerable.Range(0, 20).Select(_ => stream.NextNormal())];
            double[] f = [0.3, 0.7, 0, .. Enumerable.Range(0, 20).Select(_ => stream.NextNormal())];

            var (a, b) = (GoldenExpressions.Compiled<double>(tree, y, f), GoldenExpressions.OnTensors<double>(tree, y, f));

            var disagreement = new Disagreement();
            disagreement.Add("value", b.Value, a.Value);
            disagreement.Add("d_f", b.DF, a.DF);
            disagreement.Add("sum_d_w", b.SumDw, a.SumDw);
            disagreement.Add("sum_d2_f_w", b.SumD2Fw, a.SumD2Fw);
            var row = disagreement.For((int)number);
            Assert.True(row.Agrees(1e-9), $"{tree}: {row}");
        }
    }

    [Theory]
    [InlineData("min(y, f)", 0.5)]
    [InlineData("max(y, f)", 0.5)]
    [InlineData("abs(sub(y, f))", 0.0)]
    [InlineData("sign(sub(y, f))", 0.0)]
    [InlineData("log(sub(y, f))", 0.0)]
    [InlineData("sqrt(sub(y, f))", 0.0)]
    public void WhereTargetAndPredictionMeetTheSlopeIsPyTorchs(string text, double expected)
    {
        Torch.Ensure();

        var slope = GoldenExpressions.OnTensors<double>(Expression.Parse(text), [0.25], [0.25]).DF[0];

        Assert.Equal(expected, slope);
    }

    [Fact]
    public void WeightsOfAWrongLengthAreRefusedBeforeAutogradSeesThem()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        using var loss = new TorchLoss(Expression.Parse("sub(y, f)"), ScalarType.Float64, CPU);

        Assert.Throws<ArgumentException>(() => loss.Evaluate(ones(2), ones(2), ones(4)));
    }
}
