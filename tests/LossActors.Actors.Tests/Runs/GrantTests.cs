using System.Collections.Immutable;
using CsCheck;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Evolution.Islands;
using Xunit;

namespace LossActors.Actors.Tests.Runs;

public sealed class GrantTests
{
    private static readonly Gen<SearchSettings> s_settings =
        from islands in Gen.Int[1, 70]
        from evaluations in Gen.Int[0, 20_000]
        from window in Gen.Int[1, 30]
        from population in Gen.Int[1, 40]
        from strict in Gen.Bool
        from schedule in Gen.Enum<Schedule>()
        from own in Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9]).Array[0, 5]
        select new SearchSettings
        {
            Overrides = [.. own.Take(islands).Select((o, i) => IslandOverride.Of(new() { Population = population + o.Item1 }, [i], o.Item2))],
            Islands = islands, Evaluations = evaluations, Island = new IslandSettings { Window = window, Population = population, Strict = strict, Schedule = schedule },
        };

    [Fact]
    public void WhoeverAsksInWhateverOrderTheBudgetIsMetExactly() => Gen.Select(s_settings, Gen.Int).Sample((settings, seed) =>
    {
        var granted = GrantAll(Founded(settings), new Random(seed));

        Assert.Equal(settings.Evaluations, granted.Grants.Sum(g => g.Sum()));
        Assert.All(granted.Grants, g => Assert.Equal(0, g[^1]));
        var raised = GrantAll(granted.Apply(new RunEvent.BudgetRaised(default, settings.Evaluations + 1_000, null)), new Random(seed));
        Assert.Equal(settings.Evaluations + 1_000, raised.Grants.Sum(g => g.Sum()));
    });

    [Fact]
    public void InStrictModeAnIslandsGrantsDoNotDependOnWhoAsksFirst() => Gen.Select(s_settings, Gen.Int, Gen.Int).Sample((settings, one, other) =>
    {
        var founded = Founded(settings with { Island = settings.Island with { Strict = true } });

        Assert.Equal(Text(GrantAll(founded, new Random(one))), Text(GrantAll(founded, new Random(other))));
    });

    [Fact]
    public void ALongRunHasFewGrantsAndSmallOnesAtItsEnd()
    {
        var settings = new SearchSettings { Islands = 64, Evaluations = 1_000_000 };
        var grants = GrantAll(Founded(settings), new Random(1)).Grants;

        Assert.All(grants, g => Assert.InRange(g.Length, 1, 60));
        Assert.All(grants, g => Assert.InRange(g[^2], 1, 2 * settings.Island.Window));
    }

    [Fact]
    public void GenerationsAreGrantedWhole() => s_settings.Sample(settings =>
    {
        var population = settings.Island.Population;
        var founded = Founded(settings with { Overrides = [], Island = settings.Island with { Schedule = Schedule.Generational, Strict = false } });

        // But for the rest of the budget, which whoever comes last gets.
        Assert.InRange(GrantAll(founded, new Random(1)).Grants.SelectMany(g => g).Count(births => births % population != 0), 0, 1);
    });

    [Fact]
    public void IslandsWithSharesOfTheirOwnGetThemWithoutStrictModeToo()
    {
        var settings = new SearchSettings { Islands = 3, Evaluations = 1000, Overrides = [IslandOverride.Of(new(), [1], 3)] };

        Assert.Equal([200, 600, 200], GrantAll(Founded(settings), new Random(1)).Grants.Select(g => g.Sum()));
        Assert.Equal([400, 1200, 400], GrantAll(GrantAll(Founded(settings), new Random(1)).Apply(new RunEvent.BudgetRaised(default, 2000, null)), new Random(2)).Grants.Select(g => g.Sum()));
    }

    // Everybody asks until told that there is no more.
    private static RunState GrantAll(RunState state, Random order)
    {
        var asking = Enumerable.Range(0, state.Grants.Length).ToList();
        while (asking.Count > 0)
        {
            var island = asking[order.Next(asking.Count)];
            var births = state.NextGrant(island);
            state = state.Apply(new RunEvent.BudgetGranted(default, island, state.Grants[island].Length + 1, births));
            if (births == 0)
            {
                asking.Remove(island);
            }
        }

        return state;
    }

    private static RunState Founded(SearchSettings settings) => RunState.Of(
        new RunEvent.Started(default, "r1", new Experiment { Name = "n", Search = settings }, "hash", "mse", ImmutableSortedDictionary<string, string>.Empty));

    private static string Text(RunState state) => string.Join('\n', state.Grants.Select(g => string.Join(' ', g)));
}
