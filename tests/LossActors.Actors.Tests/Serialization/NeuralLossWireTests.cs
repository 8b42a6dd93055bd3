using System.Text.Json;
using LossActors.Actors.Protocol;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Losses.Neural;
using Xunit;

namespace LossActors.Actors.Tests.Serialization;

/// <summary>The bytes of neural losses, whose parameters would make the golden files too long.</summary>
public sealed class NeuralLossWireTests
{
    // 1.0f is 00 00 80 3F, and -2.5f is 00 00 20 C0.
    private static readonly NeuralLoss s_network = new([1, -2.5, 0, .. new double[NeuralLoss.ParameterCount - 3]]);
    private static readonly string s_text = "AACAPwAAIMAA" + new string('A', (NeuralLoss.ParameterCount * 4 / 3 * 4) - 12);

    [Fact]
    public void AJobCarriesItsNetworkInBase64() => AssertBytes(
        $$"""{"id":"Learn/0:3/0","expression":null,"replicates":2,"learningRate":0,"network":"{{s_text}}"}""",
        new Job(new JobId(JobKind.Learn, new CandidateId(0, 3)), null, 2) { Network = s_network });

    [Fact]
    public void SoDoesAnAnswer() => AssertBytes<Finding>(
        $$"""{"$":"learned.1","network":"{{s_text}}","before":"Infinity","after":0.5,"metaSteps":10,"learningSteps":300,"replicates":[0.25],"trainedSteps":100,"seconds":4}""",
        new LearnedLoss(s_network, double.PositiveInfinity, 0.5, 10, 300, [0.25], 100, 4));

    [Theory]
    [InlineData("\"AAAA\"")]
    [InlineData("\"no base 64\"")]
    [InlineData("7")]
    public void WhatIsNoNetworkIsRefused(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<NeuralLoss>(json, WireJson.Options));

    private static void AssertBytes<T>(string expected, T message)
    {
        Assert.Equal(expected, JsonSerializer.Serialize(message, WireJson.Options));
        Assert.Equal(expected, JsonSerializer.Serialize(JsonSerializer.Deserialize<T>(expected, WireJson.Options), WireJson.Options));
    }
}
