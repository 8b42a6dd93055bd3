namespace LossActors.Architecture.Tests;

public sealed class ImportRules
{
    [Fact]
    public void ExpressionsKnowNoOtherRoom() =>
        Assert.DoesNotContain(House.References(House.Expressions), name => name.StartsWith("LossActors", StringComparison.Ordinal));

    [Fact]
    public void EvolutionKnowsOnlyExpressions() =>
        Assert.Equal(["LossActors.Expressions"], OurReferences(House.Evolution));

    [Fact]
    public void LearningDoesNotKnowTheActors() =>
        Assert.DoesNotContain("LossActors.Actors", OurReferences(House.Learning));

    [Fact]
    public void NobodyKnowsTheCommandLine()
    {
        foreach (var assembly in new[] { House.Expressions, House.Evolution, House.Learning, House.Actors })
        {
            Assert.DoesNotContain("lossactors", House.References(assembly));
        }
    }

    [Fact]
    public void TheCoreKnowsNeitherTorchNorAkka()
    {
        foreach (var assembly in new[] { House.Expressions, House.Evolution })
        {
            Assert.DoesNotContain(House.References(assembly), IsTorch);
            Assert.DoesNotContain(House.References(assembly), IsAkka);
        }
    }

    [Fact]
    public void LearningDoesNotKnowAkka() => Assert.DoesNotContain(House.References(House.Learning), IsAkka);

    [Fact]
    public void TorchLivesInLearningAndNowhereElse()
    {
        Assert.Contains(House.References(House.Learning), IsTorch);
        foreach (var assembly in new[] { House.Actors, House.Cli })
        {
            Assert.DoesNotContain(House.References(assembly), IsTorch);
        }
    }

    [Fact]
    public void ActorsDoNotKnowConsolesOrPlots() =>
        Assert.DoesNotContain(
            House.References(House.Actors),
            name => name.StartsWith("Spectre", StringComparison.Ordinal)
                || name.StartsWith("System.CommandLine", StringComparison.Ordinal)
                || name.StartsWith("OxyPlot", StringComparison.Ordinal));

    private static bool IsTorch(string name) => name.StartsWith("TorchSharp", StringComparison.Ordinal);

    private static bool IsAkka(string name) => name.StartsWith("Akka", StringComparison.Ordinal);

    private static IEnumerable<string> OurReferences(System.Reflection.Assembly assembly) =>
        House.References(assembly).Where(name => name.StartsWith("LossActors", StringComparison.Ordinal));
}
