using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Topologies;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class ArchipelagoSettingsTests
{
    private const string All =
        """
        experiment { search {
          islands = 5, evaluations = 700
          graph = [0 to 1, 1 to 0 weight 0.25, "4 to 2"]
          migration { every = 10, size = 2, handling = evict, replacement = worst }
          stagnation { after = 100, keep = nothing }
          overrides = [
            { islands = [2, 3], primitives = [y, f, add, mul, log], variation { crossover = 0.9 }, budget = 2 }
            { islands = [4], population = 40, tournament = 7, elites = 3, min-initial-height = 1, max-initial-height = 2, max-height = 6, max-nodes = 20 }
          ]
          population = 30
        } }
        """;

    [Fact]
    public void EverySettingOfTheArchipelagoReachesItsIslands()
    {
        var search = ExperimentReader.Parse(All).Search;
        var islands = search.OnIslands();

        Assert.Equal("graph", search.Topology);
        Assert.Equal([new Link(1, 0, 0.25)], islands[0].Neighbours);
        Assert.Equal([new Link(0, 1)], islands[0].Pullers);
        Assert.Equal([new Link(4, 2)], islands[2].Neighbours);
        Assert.All(islands, i => Assert.Equal((10, 2, MigrationHandling.Evict, MigrantReplacement.Worst), (i.MigrationInterval, i.MigrationSize, i.MigrationHandling, i.MigrantReplacement)));
        Assert.All(islands, i => Assert.Equal((100, StagnationKeep.Nothing), (i.StagnationAfter, i.StagnationKeep)));
        Assert.Equal([30, 30, 30, 30, 40], islands.Select(i => i.Population));
        Assert.Equal((7, 3, 1, 2, 6, 20), (islands[4].TournamentSize, islands[4].Elites, islands[4].MinInitialHeight, islands[4].MaxInitialHeight, islands[4].MaxHeight, islands[4].MaxNodes));
        Assert.Equal([Primitive.Y, Primitive.F, Primitive.Add, Primitive.Mul, Primitive.Log], islands[3].Primitives);
        Assert.Equal((0.9, 0.15), (islands[3].Variation[Origin.Crossover], islands[3].Variation[Origin.Subtree]));
        Assert.Equal(0.35, islands[4].Variation[Origin.Crossover]);
        Assert.Equal([1, 1, 2, 2, 1], search.BudgetWeights);
        Assert.True(search.IsBudgetDivided);
    }

    [Fact]
    public void TheStoredFormReadsBackAsTheSameArchipelago()
    {
        var experiment = ExperimentReader.Parse(All);
        foreach (var written in (string[])[ExperimentWriter.ToJson(experiment), ExperimentWriter.ToHocon(experiment)])
        {
            Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(written)));
        }
    }

    [Fact]
    public void ByDefaultIslandsAreAlikeOnARingAsTheyEverWere()
    {
        var search = ExperimentReader.Read("digits").Search;
        var islands = search.OnIslands();
        Assert.False(search.IsBudgetDivided);
        Assert.Equal([3, 0, 1, 2], islands.Select(i => i.Neighbours.Single().From));
        Assert.All(islands, i => Assert.Equal(
            (1.0, 25, 1, MigrationHandling.Preserve, MigrantReplacement.Fair, 0, false),
            (i.Neighbours[0].Weight, i.MigrationInterval, i.MigrationSize, i.MigrationHandling, i.MigrantReplacement, i.StagnationAfter, i.IsThroughHallOfFame)));
        Assert.All(islands, i => Assert.Empty(i.Foreign));
    }

    [Fact]
    public void ATopologyOnTheCommandLineTakesTheGraphAwayAndAGraphTheTopology()
    {
        var graph = ExperimentReader.Read("digits", ExperimentOverride.Parse("search.graph=0 to 1, 1 to 0 weight 0.5"));
        Assert.Equal(("graph", [new(0, 1), new Link(1, 0, 0.5)]), (graph.Search.Topology, graph.Search.Graph), (a, b) => a.Item1 == b.Item1 && a.Item2.SequenceEqual(b.Item2));
        var torus = ExperimentReader.Change(graph, [ExperimentOverride.Parse("search.topology=torus")]);
        Assert.Equal(("torus", 0), (torus.Search.Topology, torus.Search.Graph.Length));
    }

    [Fact]
    public void WarmStartsGoToIslandsThatCouldMakeThem()
    {
        var search = ExperimentReader.Parse(
            """
            experiment { search { islands = 3, warm-start { expressions = ["y * log(f)", "y * f"] }, overrides = [ { islands = [0, 1], primitives = [y, f, add, mul] } ] } }
            """).Search;
        Assert.Equal([[], ["mul(y, f)"], ["mul(y, log(f))"]], search.OnIslands().Select(i => i.WarmStarts.Select(w => LossActors.Expressions.Printing.ExpressionFormatter.Function(w))));
    }

    [Fact]
    public void IslandsMayMeasureOnSomeOfTheTasksAndWhoNamesThemAllMeansAll()
    {
        var experiment = ExperimentReader.Parse(
            """
            experiment {
              tasks = [ { task { dataset = diabetes } }, { network { hidden = [7] } } ]
              search { islands = 4, tasks = [0, 2], overrides = [ { islands = [0], tasks = [] }, { islands = [1], tasks = [2, 1, 0] }, { islands = [2], tasks = [1] } ] }
            }
            """);
        var search = experiment.Search;

        Assert.Equal(["all tasks", "all tasks", "task 1", "tasks 0, 2"], search.OnIslands().Select(i => i.Tasks.ToString()));
        Assert.Equal([[3], [], [1], [2]], search.OnIslands().Select(i => i.Strangers.Select(s => s.Island)));
        Assert.True(search.HasSeveralTaskSets);
        Assert.Equal(ExperimentWriter.ToJson(experiment), ExperimentWriter.ToJson(ExperimentReader.Parse(ExperimentWriter.ToHocon(experiment))));
        Assert.Equal(new[] { 3, 2, 1 }.Select(n => n * experiment.Protocol.Training.Steps), new[] { TaskSet.All, TaskSet.Of([0, 2]), TaskSet.Of([1]) }.Select(experiment.Protocol.FullStepsOn));
    }

    [Theory]
    [InlineData("topology = graph", "experiment.search.topology = graph needs links: experiment.search.graph = [0 to 1, 1 to 0]")]
    [InlineData("graph = [0 to 4]", "experiment.search.graph: 0 to 4 names island 4, which is not there (there are 4, from 0 to 3)")]
    [InlineData("islands = 1, graph = [0 to 1]", "names island 1, which is not there (there is only island 0)")]
    [InlineData("graph = [0 to 1, 2 to 2]", "experiment.search.graph: 2 to 2 leads from an island to itself")]
    [InlineData("graph = [0 to 1 weight 0]", "experiment.search.graph: 0 to 1 has weight 0; a weight is a probability, above 0 and at most 1")]
    [InlineData("graph = [0 to 1 weight 1.5]", "has weight 1.5;")]
    [InlineData("graph = [0 to 1 weight NaN]", "has weight NaN;")]
    [InlineData("graph = [0 to 1, 0 to 1 weight 0.5]", "experiment.search.graph names 0 to 1 twice")]
    [InlineData("graph = [0 1]", "each a link such as 0 to 1 or 0 to 1 weight 0.5, not '[0 1]'")]
    [InlineData("graph = [-1 to 1]", "each a link such as")]
    [InlineData("small-world { rewiring = 2 }", "experiment.search.small-world.rewiring must be a number from 0 to 1, not '2'")]
    [InlineData("migration { handling = keep }", "experiment.search.migration.handling must be one of preserve, evict, not 'keep'")]
    [InlineData("migration { replacement = best }", "experiment.search.migration.replacement must be one of fair, oldest, worst, not 'best'")]
    [InlineData("topology = star, migration { handling = evict }", "experiment.search.migration.handling = evict takes emigrants out of their population")]
    [InlineData("schedule = generational, migration { replacement = oldest }", "experiment.search.migration.replacement = oldest needs schedule = steady-state")]
    [InlineData("stagnation { after = 10 }", "experiment.search.stagnation.after (10) must be at least population (25)")]
    [InlineData("stagnation { keep = best }", "experiment.search.stagnation.keep must be one of elites, nothing, not 'best'")]
    [InlineData("overrides = 3", "experiment.search.overrides must be a list")]
    [InlineData("overrides = [ {} ]", "experiment.search.overrides[0] must say which islands it is about")]
    [InlineData("overrides = [ { islands = [1], window = 3 } ]", "experiment.search.overrides[0] must hold islands, budget, tasks, population, tournament, elites, min-initial-height, max-initial-height, max-height, max-nodes, primitives, variation, not 'window'")]
    [InlineData("overrides = [ { islands = [1], budget = 0 } ]", "experiment.search.overrides[0].budget must be a whole number from 1 to 1000")]
    [InlineData("overrides = [ { islands = [1], population = few } ]", "experiment.search.population must be a whole number")]
    [InlineData("overrides = [ { islands = [1], variation { crosover = 1 } } ]", "unknown key experiment.search.variation.crosover; did you mean crossover?")]
    [InlineData("overrides = [ { islands = [4] } ]", "experiment.search.overrides names island 4, which is not there (there are 4, from 0 to 3)")]
    [InlineData("overrides = [ { islands = [1] }, { islands = [2, 1] } ]", "experiment.search.overrides names island 1 twice")]
    [InlineData("overrides = [ { islands = [1], population = 3 } ]", "experiment.search.overrides: on island 1: experiment.search.tournament (4) must not exceed population (3)")]
    [InlineData("overrides = [ { islands = [1], primitives = [y, f, log] } ]", "on island 1: experiment.search.primitives must hold one of add, sub, mul, div")]
    [InlineData("tasks = [0, 1]", "experiment.search.tasks names task 1, which is not there (there is only the main one, 0; experiment.tasks has others)")]
    [InlineData("overrides = [ { islands = [1], tasks = [2] } ] }, tasks = [ {} ], training { steps = 9", "experiment.search.tasks names task 2, which is not there (there are 2, from 0 to 1)")]
    [InlineData("tasks = [-1]", "experiment.search.tasks must be a list")]
    [InlineData("tasks = [0], method = ml3 }, tasks = [ {} ], training { steps = 9", "experiment.search.tasks is about islands, and this search has none")]
    [InlineData("evaluations = 10, overrides = [ { islands = [1], budget = 100 } ]", "experiment.search.evaluations (10) leaves none to island 0, whose part of the budget is 1 of 103")]
    public void WhatIsWrongIsNamed(string inside, string message)
    {
        var e = Assert.Throws<ExperimentException>(() => ExperimentReader.Parse($"experiment {{\nsearch {{ {inside} }}\n}}", "my.conf"));
        Assert.Contains(message, e.Message, StringComparison.Ordinal);
        Assert.StartsWith("my.conf:2", e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', e.Message);
    }

    [Fact]
    public void ARunWithAnotherArchipelagoIsNotGoneOnWith()
    {
        var stored = ExperimentReader.Parse(All);
        Assert.Empty(ResumeCheck.Differences(stored, 700, ExperimentReader.Parse(ExperimentWriter.ToJson(stored))));
        (string Change, string Difference)[] changes =
        [
            ("search.topology=ring", "search.topology is \"ring\", was \"graph\""), ("search.migration.handling=preserve", "search.migration.handling is"),
            ("search.migration.replacement=fair", "search.migration.replacement is"), ("search.stagnation.after=200", "search.stagnation.after is 200, was 100"),
            ("search.stagnation.keep=elites", "search.stagnation.keep is"), ("search.small-world.rewiring=0.2", "search.small-world.rewiring is 0.2, was 0.1"),
            ("search.overrides=[]", "search.overrides is []"), ("search.graph=0 to 1", "search.graph is"),
        ];
        Assert.All(changes, c => Assert.Contains(
            ResumeCheck.Differences(stored, 700, ExperimentReader.Change(stored, [ExperimentOverride.Parse(c.Change)])),
            d => d.StartsWith(c.Difference, StringComparison.Ordinal)));
    }
}
