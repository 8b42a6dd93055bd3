using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using Xunit;

namespace LossActors.Evolution.Tests.Islands;

public sealed class WithdrawalTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void AfterAWithdrawalOnlyWhatWasProposedIsFinished(bool strict)
    {
        var island = new Script(new() { Window = 3, Strict = strict, Refinement = RefinementPolicy.None }, births: 7);
        island.Stop(1);
        var proposed = island.State.Proposed;

        island.Send(new IslandCommand.Withdraw());

        Assert.Null(Island.GrantNeeded(island.State));
        for (var birth = 2; birth <= proposed; birth++)
        {
            island.Stop(birth);
        }

        Assert.True(island.State.IsFinished);
        Assert.Equal((proposed, proposed), (island.State.Proposed, island.State.Judged));
        Assert.Empty(Island.Decide(island.State, new IslandCommand.Withdraw()));
    }

    [Fact]
    public void AGrantAfterAWithdrawalSetsItGoingAgain()
    {
        var island = new Script(new() { Window = 2, Refinement = RefinementPolicy.None }, births: 5);
        island.Send(new IslandCommand.Withdraw());
        island.Stop(1);
        island.Stop(2);

        island.Send(new IslandCommand.Grant(2, 1));

        Assert.Equal(3, island.State.Proposed);
    }
}
