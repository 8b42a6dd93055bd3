using LossActors.Actors.Experiments;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Experiments;

public sealed class PresetTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-presets");

    public static TheoryData<string> Names => [.. ExperimentCatalog.Presets.Select(p => p.Name)];

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(Names))]
    public void APresetRunsByItselfUnderItsNameOnTheDefaultTask(string preset)
    {
        var experiment = ExperimentReader.Read(preset);
        Assert.Equal(preset, experiment.Name);
        Assert.Equal("digits", experiment.Protocol.Task.Dataset);
        Assert.True(ExperimentCatalog.Find(preset)!.Summary.Length > 20);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void APresetLeavesNameTaskAndNetworkToTheExperiment(string preset) =>
        Assert.All(ExperimentCatalog.All.Select(e => e.Name), name =>
        {
            var (under, experiment) = (ExperimentReader.Read(name), ExperimentReader.Read(name, [preset], []));
            Assert.Equal(name, experiment.Name);
            Assert.Equal(ExperimentWriter.ToJson(under), ExperimentWriter.ToJson(experiment with
            {
                Search = under.Search,
                Evaluation = under.Evaluation,
                Protocol = under.Protocol with { Task = experiment.Protocol.Task, Network = experiment.Protocol.Network },
            }));
        });

    [Fact]
    public void EvomalSpellsOutThePapersProtocol()
    {
        // Over an experiment that says otherwise everywhere.
        var experiment = ExperimentReader.Read("fashion-mnist", ["evomal"], []);
        var (search, protocol) = (experiment.Search, experiment.Protocol);
        Assert.Equal((SearchMethod.Evolution, 1, 25 * 50), (search.Method, search.Islands, search.Evaluations));
        Assert.Equal((Schedule.Generational, 25, 4, 0), (search.Island.Schedule, search.Island.Population, search.Island.TournamentSize, search.Island.Elites));
        Assert.Equal((2, 4, 10), (search.Island.MinInitialHeight, search.Island.MaxInitialHeight, search.Island.MaxHeight));
        Assert.Equal((0.70, 0.25), (search.Island.Variation[Origin.Crossover], search.Island.Variation[Origin.Subtree]));
        Assert.Equal((0.05, 1), (search.Island.Variation[Origin.Reproduction], search.Island.Variation.Values.Sum()));
        Assert.False(search.Island.Racing.Enabled);
        Assert.Equal(RefinementPolicy.BeforeTraining, search.Island.Refinement);
        Assert.Equal((250, 1, 1e-3, 0), (protocol.Refinement.Steps, protocol.Refinement.InnerSteps, protocol.Refinement.LearningRate, protocol.Refinement.Checkpoints));
        Assert.Equal((RefinementObjective.TaskLoss, 0, 0), (protocol.Refinement.Objective, protocol.Refinement.Patience, protocol.Refinement.OuterBatchSize));
        Assert.Equal((500, 0.01, 128), (protocol.Training.Steps, protocol.Training.LearningRate, protocol.Training.BatchSize));
        Assert.Equal((0.9, true, 5e-4), (protocol.Training.Momentum, protocol.Training.Nesterov, protocol.Training.WeightDecay));
        Assert.Empty(protocol.Training.Horizons);
        Assert.Equal((100, 1000, 1), (protocol.Filters.Sample, protocol.Filters.Steps, protocol.Replicates));
    }

    [Fact]
    public void GpIsEvomalWithoutRefinement()
    {
        var (gp, evomal) = (ExperimentReader.Read("diabetes", ["gp"], []), ExperimentReader.Read("diabetes", ["evomal"], []));
        Assert.Equal(RefinementPolicy.None, gp.Search.Island.Refinement);
        Assert.Equal(
            ExperimentWriter.ToJson(evomal),
            ExperimentWriter.ToJson(gp with
            {
                Search = gp.Search with { Island = gp.Search.Island with { Refinement = RefinementPolicy.BeforeTraining } },
                Protocol = gp.Protocol with { Refinement = evomal.Protocol.Refinement },
            }));
    }

    [Fact]
    public void LossactorsSearchesAsTheDefaultExperimentDoesButForLongerAndSpendsLessPerCandidate()
    {
        // What differs, and why, is told in the preset.
        string[] own =
        [
            "search.evaluations=4000", "search.initial-population=60", "training.horizons=[0.8, 0.87, 0.94]", "refinement.inner-steps=0", "refinement.fraction=0.03",
            "refinement.checkpoint-replicates=1", "evaluation.replicates=1",
        ];
        Assert.Equal(
            ExperimentWriter.ToJson(ExperimentReader.Read("digits", [], own.Select(ExperimentOverride.Parse))),
            ExperimentWriter.ToJson(ExperimentReader.Read("digits", ["lossactors"], [])));
    }

    [Fact]
    public void OverridesWinOverPresetsAndLaterPresetsOverEarlierOnes()
    {
        var mine = Write("mine.conf", "experiment { name = mine, search { population = 30, tournament = 5 } }");
        var experiment = ExperimentReader.Read("digits", ["evomal", mine], [ExperimentOverride.Parse("search.tournament=3")]);
        Assert.Equal(("mine", 30, 3), (experiment.Name, experiment.Search.Island.Population, experiment.Search.Island.TournamentSize));
        Assert.Equal(1250, experiment.Search.Evaluations);
    }

    [Fact]
    public void PathsInAPresetAreRelativeToItsOwnFile()
    {
        var below = Directory.CreateDirectory(Path.Combine(_folder.FullName, "below")).FullName;
        var experiment = Write("a.conf", "experiment { task { dataset = csv, path = a.csv, target = t } }");
        var preset = Write(Path.Combine("below", "b.conf"), "experiment { task.path = b.csv }");
        Assert.Equal(Path.Combine(_folder.FullName, "a.csv"), ExperimentReader.Read(experiment, ["gp"], []).Protocol.Task.Path);
        Assert.Equal(Path.Combine(below, "b.csv"), ExperimentReader.Read(experiment, [preset], []).Protocol.Task.Path);
    }

    [Fact]
    public void WhatIsWrongInAPresetIsFoundInItsFileAndLine()
    {
        var unknown = Write("x.conf", "experiment {\n search.islnads = 2 }");
        Assert.Equal($"{unknown}:2: unknown key experiment.search.islnads; did you mean islands?", Message(unknown));

        // Two files that are sound by themselves: the line is that of the key which the message names first.
        var contradicting = Write("y.conf", "experiment {\n\n search.tournament = 26 }");
        Assert.Equal($"{contradicting}:3: experiment.search.tournament (26) must not exceed population (20)", Message(contradicting));
        Assert.StartsWith("no preset 'evomall'; did you mean evomal?", Message("evomall"), StringComparison.Ordinal);
        Assert.Contains("no experiment file none/here.conf", Message("none/here.conf"), StringComparison.Ordinal);

        static string Message(string preset) => Assert.Throws<ExperimentException>(() => ExperimentReader.Read("digits", [preset], [])).Message;
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }
}
