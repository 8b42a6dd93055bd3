using CsCheck;
using LossActors.Actors.Experiments;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class DurationsTests
{
    [Theory]
    [InlineData("10m", 600)]
    [InlineData("90s", 90)]
    [InlineData("1.5h", 5400)]
    [InlineData(" 2 d ", 172800)]
    [InlineData("500ms", 0.5)]
    public void NumbersWithAUnitAreRead(string text, double seconds)
    {
        Assert.True(Durations.TryParse(text, out var span));
        Assert.Equal(seconds, span.TotalSeconds);
    }

    [Theory]
    [InlineData("10")]
    [InlineData("m")]
    [InlineData("-1m")]
    [InlineData("0s")]
    [InlineData("1e9h")]
    [InlineData("NaNs")]
    [InlineData("400d")]
    [InlineData("")]
    public void AnythingElseIsRefused(string text) => Assert.False(Durations.TryParse(text, out _));

    [Fact]
    public void WhatIsWrittenIsReadBackExactly() =>
        Gen.Int[1, int.MaxValue].Sample(n =>
        {
            var span = TimeSpan.FromMilliseconds(n);
            Assert.True(Durations.TryParse(Durations.Format(span), out var back));
            Assert.Equal(span, back);
        });
}
