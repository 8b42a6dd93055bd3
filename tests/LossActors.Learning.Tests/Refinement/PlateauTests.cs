using LossActors.Evolution.Randomness;
using LossActors.Learning.Refinement;
using Xunit;

namespace LossActors.Learning.Tests.Refinement;

public sealed class PlateauTests
{
    [Fact]
    public void WithoutPatienceThereIsNone()
    {
        Assert.Equal(-1, Reached(0, Enumerable.Repeat(1.0, 1000)));
    }

    [Theory]
    [InlineData(1, 2)]
    [InlineData(10, 20)]
    public void AConstantObjectiveIsOneAfterTwiceThePatience(int patience, int steps)
    {
        Assert.Equal(steps, Reached(patience, Enumerable.Repeat(1.0, 1000)));
    }

    [Fact]
    public void AnObjectiveThatFallsIsNotHoweverNoisy()
    {
        var noise = RandomStream.For(1, 2, 3, Purpose.Batches);
        Assert.Equal(-1, Reached(20, Enumerable.Range(0, 250).Select(i => (2 * Math.Exp(-i / 200.0)) + (0.2 * noise.NextNormal()))));
    }

    [Fact]
    public void OneThatHasFallenAndRisesIs()
    {
        Assert.InRange(Reached(10, Enumerable.Range(0, 250).Select(i => Math.Pow((i - 50) / 50.0, 2))), 55, 75);
    }

    // The number of the step, or -1.
    private static int Reached(int patience, IEnumerable<double> objectives)
    {
        var (plateau, step) = (new Plateau(patience), 0);
        foreach (var objective in objectives)
        {
            step++;
            if (plateau.IsReachedBy(objective))
            {
                return step;
            }
        }

        return -1;
    }
}
