using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Cli.Comparison;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Commands;

/// <summary><c>compare RUN RUN…</c>: runs side by side, and their best losses against each other on the test part.</summary>
internal static class CompareCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var runs = new Argument<string[]>("RUN") { Description = "Runs' ids, or the beginnings of them.", Arity = ArgumentArity.OneOrMore };
        var test = new Option<bool>("--test") { Description = "Train fresh networks under the best loss of each run and under the task loss, and compare every two on the test set." };
        var seeds = CommonOptions.Seeds("Networks per loss.");
        var device = CommonOptions.Device();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("compare", "Shows runs side by side; --test: which of their losses is better on the test set?") { runs, test, seeds, device, dataDir, json };
        command.SetAction((parsed, cancellation) =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir));
            var sides = Read(database, parsed.GetRequiredValue(runs));
            using var signals = new StopSignals(environment, cancellation);
            var contestants = parsed.GetValue(test) && sides.ShareTask
                ? Test(environment, sides.Runs, database, CommonOptions.SeedsOf(parsed, seeds), parsed.GetRequiredValue(device), signals.Token)
                : null;
            CompareOutput.Write(environment, sides, contestants, parsed.GetValue(json));
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static RunSides Read(Database database, string[] names)
    {
        using var store = RunStore.Open(database, names[0], out _);
        List<string> ids = [.. names.Select(store.Reader.Resolve)];
        return ids.Distinct().Count() == ids.Count
            ? new RunSides([.. ids.Select(store.Reader.Show)])
            : throw new CliException($"{Shown.Text(ids.GroupBy(id => id).First(g => g.Count() > 1).Key)} is named twice");
    }

    // Each loss at the best of the same learning rates: they hide rates of their own. The task loss is the same beside each of them.
    private static List<Contestant> Test(
        CliEnvironment environment, IReadOnlyList<RunDetails> runs, Database database, int seeds, string device, CancellationToken cancellation)
    {
        var contestants = new List<Contestant>();
        foreach (var run in runs.Where(run => !run.HallOfFame.IsEmpty))
        {
            var reference = LossReference.Resolve(run.Run, database);
            var report = MetaTest.Run(
                reference.Loss,
                runs[0].Experiment.Protocol,
                new MetaTestSettings { Seeds = seeds, LearningRates = runs[0].Experiment.Search.BaselineLearningRates, TuneLoss = true },
                device,
                CommonOptions.MetaTestThreads,
                new MetaTestNotice(environment),
                cancellation);
            DataNotices.Write(environment, reference, runs[0].Experiment.Protocol, report);
            contestants.Add(new Contestant(run.Run, report.Learned));
            if (contestants.Count == 1)
            {
                contestants.Insert(0, new Contestant(RunTables.TaskLossName(run.Metric), report.Baseline));
            }
        }

        return contestants;
    }
}
