using CsCheck;
using Xunit;

namespace LossActors.Actors.Tests.Broker;

/// <summary>The lease protocol under arbitrary histories of loss, doubling, reordering, freezing, death and restart.</summary>
public sealed class LeaseProtocolTests
{
    private static readonly Gen<(int Slots, int[] Choices)> s_history =
        Gen.Select(Gen.Int[1, 4], Gen.Int[0, 1_000_000].Array[0, 500]);

    [Fact]
    public void Every_job_ends_exactly_once_whatever_happens_on_the_way()
    {
        s_history.Sample(
            history =>
            {
                var world = new LeaseWorld(history.Slots);
                foreach (var choice in history.Choices)
                {
                    world.Step(choice);
                }

                world.Heal();
                Assert.Equal(12, world.Recorded.Count);
                Assert.All(world.Recorded.Values, answers => Assert.Single(answers));
            },
            iter: 300);
    }
}
