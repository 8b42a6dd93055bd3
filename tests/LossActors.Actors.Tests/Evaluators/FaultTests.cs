using LossActors.Actors.Evaluators;
using Xunit;

namespace LossActors.Actors.Tests.Evaluators;

public sealed class FaultTests
{
    [Fact]
    public void Faults_befall_the_losses_that_match_their_pattern()
    {
        var faults = Fault.ParseAll("kill=sub(y, f); hang=*tanh(tanh(*");
        Assert.Equal(["kill", "hang"], faults.Select(f => f.Kind));
        Assert.True(faults[0].Befalls("sub(y, f)"));
        Assert.False(faults[0].Befalls("abs(sub(y, f))"));
        Assert.True(faults[1].Befalls("add(y, tanh(tanh(f)))"));
    }

    [Theory]
    [InlineData("explode=y")]
    [InlineData("kill")]
    public void Anything_else_is_refused(string text) => Assert.Throws<FormatException>(() => Fault.ParseAll(text));
}
