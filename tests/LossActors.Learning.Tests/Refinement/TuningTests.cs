using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;
using LossActors.Learning.Refinement;
using Xunit;

namespace LossActors.Learning.Tests.Refinement;

public sealed class TuningTests
{
    private const double Guess = 1;
    private static readonly LossFunction s_loss = LossFunction.Of(Expression.Parse("square(sub(y, f))"));

    [Fact]
    public void AMetaGradientThatIsNotFiniteIsNotFollowedButGoneBackFrom()
    {
        var tuning = Make(steps: 10, retries: 2);
        var start = tuning.Parameters.ToArray();
        tuning.Follow(Meta(0.5));
        var first = tuning.Parameters.ToArray();
        Assert.NotEqual(start, first);

        tuning.Follow(Meta(double.NaN));

        Assert.Equal(start, tuning.Parameters);
        Assert.Equal((1, 2, false), (tuning.Steps, tuning.Tried, tuning.IsOver));

        // Adam's first step is as long as its learning rate, which is half of what it was.
        tuning.Follow(Meta(0.5));
        Assert.Equal(0.5 * (first[1] - start[1]), tuning.Parameters[1] - start[1], 1e-9);
    }

    [Fact]
    public void AnObjectiveTenTimesWorseThanAGuessAndThanAnyBeforeIsAnExplosion()
    {
        var tuning = Make(steps: 10, retries: 2);
        tuning.Follow(Meta(0.5));
        tuning.Follow(Meta(9.9));
        tuning.Follow(Meta(98));
        Assert.Equal(3, tuning.Steps);

        tuning.Follow(Meta(981));
        Assert.Equal((3, 4), (tuning.Steps, tuning.Tried));
    }

    [Fact]
    public void ATuningThatDivergesOnceTooOftenEndsAtItsLastGoodCoefficients()
    {
        var tuning = Make(steps: 10, retries: 2);
        tuning.Follow(Meta(0.5));
        tuning.Follow(Meta(0.4));
        var good = tuning.Parameters.ToArray();
        tuning.Follow(Meta(0.4));
        for (var i = 0; i < 3; i++)
        {
            Assert.False(tuning.IsOver);
            tuning.Follow(Meta(double.PositiveInfinity));
        }

        Assert.True(tuning.IsOver);
        Assert.Equal(good, tuning.Parameters);
        Assert.Equal(tuning.Tuned, tuning.Checkpoints[^1]);
    }

    [Fact]
    public void WhereTheFirstMetaGradientIsNotFiniteThereIsNothingToGoBackTo()
    {
        var tuning = Make(steps: 10, retries: 2);
        tuning.Follow(Meta(double.NaN));

        Assert.True(tuning.IsOver);
        Assert.Equal((0, 1), (tuning.Steps, tuning.Tried));
    }

    [Fact]
    public void ATuningEndsAfterItsStepsFollowedOrNot()
    {
        var tuning = Make(steps: 3, retries: 2);
        tuning.Follow(Meta(0.5));
        tuning.Follow(Meta(double.NaN));
        Assert.False(tuning.IsOver);
        tuning.Follow(Meta(0.5));

        Assert.True(tuning.IsOver);
        Assert.Equal(tuning.Tuned, tuning.Checkpoints[^1]);
    }

    [Theory]
    [InlineData(0, 1000)]
    [InlineData(10, 10)]
    public void AMetaGradientIsShortenedToTheNormItIsClippedAt(double clip, double norm)
    {
        var (clipped, free) = (Make(10, 2, clip), Make(10, 2, clip: 0));
        foreach (var (tuning, outlier) in new[] { (clipped, 1000), (free, norm) })
        {
            tuning.Follow(new MetaGradient(0.5, [0, 1, 0, 0]));
            tuning.Follow(new MetaGradient(0.5, [0, outlier, 0, 0]));
            tuning.Follow(new MetaGradient(0.5, [0, 1, 0, 0]));
        }

        Assert.Equal(free.Parameters, clipped.Parameters);
    }

    private static Tuning Make(int steps, int retries, double clip = 10) => new(
        s_loss, [1, 1, 1, 1], new RefinementSettings { Steps = steps, Retries = retries, Clip = clip, LearningRate = 0.1, Checkpoints = 1 }, Guess);

    private static MetaGradient Meta(double taskLoss) => new(taskLoss, [0, 1, -2, 0.5]);
}
