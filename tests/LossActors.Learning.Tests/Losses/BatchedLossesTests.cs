using LossActors.Evolution.Randomness;
using LossActors.Expressions;
using LossActors.Learning.Losses.Batched;
using LossActors.Learning.Native;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Verification;
using Xunit;
using static TorchSharp.torch;

namespace LossActors.Learning.Tests.Losses;

public sealed class BatchedLossesTests
{
    [Fact]
    public void EveryMemberOfACohortOfRandomTreesGetsTheValuesAndSlopesOfItsOwnCompiledLoss()
    {
        Torch.Ensure();
        Expression[] trees = [.. Enumerable.Range(0, 300).Select(i => RandomTrees.Make((ulong)i))];
        var stream = RandomStream.For(29, 0, 0, Purpose.Probe);
        double[] y = [0, 1, 0, 0.25, .. Draw(20)];
        double[][] f = [.. trees.Select(_ => (double[])[0.3, 0.7, 0, 0.25, .. Draw(20)])];

        using var scope = NewDisposeScope();
        using var losses = new BatchedLosses(trees, ScalarType.Float64, CPU);
        var (values, slopes) = losses.Differentiate(tensor(y), stack(f.Select(row => tensor(row))));

        for (var member = 0; member < trees.Length; member++)
        {
            var compiled = GoldenExpressions.Compiled<double>(trees[member], y, f[member]);
            var disagreement = new Disagreement();
            disagreement.Add("value", compiled.Value, values[member].data<double>().ToArray());
            disagreement.Add("d_f", compiled.DF, slopes[member].data<double>().ToArray());
            var row = disagreement.For(member);
            Assert.True(row.Agrees(1e-9), $"{trees[member]}: {row}");
        }

        IEnumerable<double> Draw(int count) => Enumerable.Range(0, count).Select(_ => stream.NextNormal());
    }

    [Fact]
    public void TheNumberOfGroupsDependsOnShapesNotOnMembers()
    {
        Expression[] few = [Expression.Parse("square(sub(y, f))"), Expression.Parse("abs(sub(y, 2*f))")];
        Expression[] many = [.. Enumerable.Repeat(few, 50).SelectMany(e => e)];

        Assert.Equal(new LossPlan(few).Groups.Length, new LossPlan(many).Groups.Length);
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
        using var scope = NewDisposeScope();
        using var losses = new BatchedLosses([Expression.Parse(text)], ScalarType.Float64, CPU);

        var (_, slopes) = losses.Differentiate(tensor(new[] { 0.25 }), tensor(new[,] { { 0.25 } }));

        Assert.Equal(expected, slopes.item<double>());
    }

    [Fact]
    public void ALossThatIgnoresThePredictionHasNoSlope()
    {
        Torch.Ensure();
        using var scope = NewDisposeScope();
        using var losses = new BatchedLosses([Expression.Parse("square(y)"), Expression.Parse("f")], ScalarType.Float64, CPU);

        var (values, slopes) = losses.Differentiate(tensor(new[] { 3.0 }), tensor(new[,] { { 2.0 }, { 5.0 } }));

        Assert.Equal([9.0, 5.0], values.data<double>().ToArray());
        Assert.Equal([0.0, 1.0], slopes.data<double>().ToArray());
    }
}
