using System.Collections.Immutable;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Cli.Display;
using LossActors.Evolution.Candidates;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Cli.Tests.Display;

public sealed class RunViewTests
{
    [Fact]
    public void TheFrontIsShownBestFirst() =>
        Assert.Equal([0.1, 0.2, 0.3], Front("islands = 2", (0, 0.2), (1, 0.3), (0, 0.1)));

    [Fact]
    public void WhereIslandsMeasureOnDifferentTasksTheirFrontsAreShownInTurnForErrorsOnDifferentTasksDoNotCompare() =>
        Assert.Equal(
            [0.01, 0.5, 0.02, 0.6, 0.03],
            Front("islands = 3, overrides = [ { islands = [1], tasks = [1] } ], tasks = [0]", (0, 0.02), (1, 0.6), (2, 0.01), (0, 0.03), (1, 0.5)));

    private static IEnumerable<double> Front(string search, params (int Island, double Fitness)[] front)
    {
        var experiment = ExperimentReader.Parse($"experiment {{ tasks = [ {{ task {{ dataset = diabetes }} }} ], search {{ {search} }} }}");
        var view = new RunView(
            new RunDetails
            {
                Run = "r1", Name = "", State = "running", Seed = 1, Strict = false, Evaluations = 0, Budget = 10, Trained = 0, Islands = experiment.Search.Islands, ElapsedSeconds = 0,
                CreatedAt = DateTimeOffset.UnixEpoch, UpdatedAt = DateTimeOffset.UnixEpoch, Metric = "error-rate", HallOfFame = [], Experiment = experiment, Founded = experiment.Search,
                DataHash = "", Versions = ImmutableSortedDictionary<string, string>.Empty,
            },
            past: null, TimeProvider.System);
        view.Apply(new SearchProgress.HallOfFameChanged([.. front.Select((i, birth) => new Individual(new CandidateId(i.Island, birth), Expression.Parse("y*f"), i.Fitness))]));
        return view.Front.Select(i => i.Fitness);
    }
}
