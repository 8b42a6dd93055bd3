using System.Text.RegularExpressions;
using static ArchUnitNET.Fluent.ArchRuleDefinition;

namespace LossActors.Architecture.Tests;

public sealed partial class CodeRules
{
    [Theory]
    [InlineData("LossActors.Expressions")]
    [InlineData("LossActors.Evolution")]
    public void TheCoreReadsNoClockAndNoGlobalRandomness(string project)
    {
        foreach (var (path, text) in House.Sources(project))
        {
            Assert.False(ClockOrChance().IsMatch(text), $"{path} reads the clock or global randomness.");
        }
    }

    [Theory]
    [InlineData("LossActors.Learning")]
    [InlineData("LossActors.Actors")]
    public void TrainingNeverRunsOnTheThreadPool(string project)
    {
        foreach (var (path, text) in House.Sources(project))
        {
            Assert.False(
                text.Contains("Task.Run(", StringComparison.Ordinal),
                $"{path} uses Task.Run: a starved thread pool delays heartbeats and gets healthy nodes downed.");
        }
    }

    [Fact]
    public void ClassesAreSealedUnlessMadeToBeInherited()
    {
        var open = Classes().That().AreNotAbstract().And().AreNotSealed().And().AreNotNested().And().AreNotRecord()
            .GetObjects(House.Architecture)
            .Where(c => c.FullName.StartsWith("LossActors", StringComparison.Ordinal) && !c.IsCompilerGenerated && !c.Name.Contains('<'))
            .Where(c => !c.FullName.StartsWith("LossActors.Cli.Program", StringComparison.Ordinal))
            .Where(c => !House.Architecture.Classes.Any(other => other.InheritedClasses.Contains(c)))
            .Select(c => c.FullName)
            .ToList();
        Assert.Empty(open);
    }

    [Fact]
    public void NoSourceFileIsLongerThanOneRoomHolds()
    {
        string[] projects = ["LossActors.Expressions", "LossActors.Evolution", "LossActors.Learning", "LossActors.Actors", "LossActors.Cli"];
        var long_ = projects.SelectMany(House.Sources)
            .Where(source => source.Text.AsSpan().Count('\n') > 350)
            .Select(source => source.Path);
        Assert.Empty(long_);
    }

    [GeneratedRegex(@"DateTime(Offset)?\.(Utc)?Now|Stopwatch|Environment\.TickCount|new Random\(|Random\.Shared|Guid\.NewGuid|RandomNumberGenerator")]
    private static partial Regex ClockOrChance();
}
