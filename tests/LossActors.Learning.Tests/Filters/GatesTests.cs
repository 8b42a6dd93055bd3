using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Learning.Filters;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Filters;

public sealed class GatesTests
{
    [Theory]
    [InlineData("mul(-1, mul(y, log(f)))")]
    [InlineData("square(sub(y, f))")]
    [InlineData("mul(-1, mul(y, f))")]
    public void LossesThatTeachPass(string loss)
    {
        var (gate, fingerprint) = Screen(loss, Classes());

        Assert.Equal(Gate.Passed, gate);
        Assert.NotEqual(UInt128.Zero, fingerprint);
    }

    [Theory]
    [InlineData("add(y, f)")]
    [InlineData("sub(square(y), f)")]
    [InlineData("mul(y, sign(f))")]
    [InlineData("add(0.3*y, 0.7*f)")]
    public void ALossWhoseGradientDiesInTheSoftmaxHasZeroGradient(string loss) =>
        Assert.Equal((Gate.ZeroGradient, UInt128.Zero), Screen(loss, Classes()));

    [Theory]
    [InlineData("mul(y, log(f))")]
    [InlineData("mul(y, f)")]
    public void ALossThatTeachesTheOppositeIsRejected(string loss) => Assert.Equal((Gate.Rejected, UInt128.Zero), Screen(loss, Classes()));

    [Theory]
    [InlineData("add(y, f)")]
    [InlineData("mul(-1, square(sub(y, f)))")]
    public void InRegressionALossThatFleesTheTargetIsRejected(string loss) => Assert.Equal(Gate.Rejected, Screen(loss, Numbers()).Gate);

    [Fact]
    public void NotANumberIsRejectedWhereverItTurnsUp()
    {
        var sick = Classes();
        sick.Logits[7] = double.NaN;
        Assert.Equal(Gate.Rejected, Screen("square(sub(y, f))", sick).Gate);

        // The first gradient is finite; descent then runs off to infinity.
        Assert.Equal(Gate.Rejected, Screen("mul(-1, square(square(square(square(1e30*f)))))", Numbers()).Gate);
    }

    [Fact]
    public void LossesWithEqualGradientsShareAFingerprint()
    {
        var probe = Classes();

        var (plain, shifted, scaled, other) = (Screen("square(sub(y, f))", probe), Screen("add(1, square(sub(f, y)))", probe),
            Screen("0.5*square(sub(y, f))", probe), Screen("abs(sub(y, f))", probe));

        Assert.Equal(plain.Fingerprint, shifted.Fingerprint);
        Assert.NotEqual(plain.Fingerprint, scaled.Fingerprint);
        Assert.NotEqual(plain.Fingerprint, other.Fingerprint);
    }

    [Theory]
    [InlineData(0.0, 0, 0)]
    [InlineData(1.0, 10, -1)]
    [InlineData(0.0999, 10, -2)]
    [InlineData(0.09949, 99, -3)]
    [InlineData(123456, 12, 4)]
    public void NormsAreRoundedToTwoDigits(double norm, short digits, short exponent) =>
        Assert.Equal((digits, exponent), GradientFingerprint.Round(norm));

    private static (Gate Gate, UInt128 Fingerprint) Screen(string loss, ProbeSample probe) =>
        new Gates(probe, new FilterSettings { Steps = 300 }, 0.01).Screen(Expression.Parse(loss), TestContext.Current.CancellationToken);

    private static ProbeSample Classes()
    {
        const int classes = 3, count = 20;
        var (logits, targets) = (new double[count * classes], new double[count * classes]);
        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = Math.Sin(3.7 * i);
        }

        for (var i = 0; i < count; i++)
        {
            targets[(i * classes) + (i * 7 % classes)] = 1;
        }

        return new ProbeSample(logits, targets, classes, Link.Softmax);
    }

    private static ProbeSample Numbers() => new(
        [.. Enumerable.Range(0, 20).Select(i => Math.Sin(3.7 * i))], [.. Enumerable.Range(0, 20).Select(i => Math.Cos(1.3 * i))], 1, Link.Identity);
}
