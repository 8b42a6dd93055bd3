using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Commands;

/// <summary><c>test LOSS</c>: fresh networks under the loss and under the task loss with a tuned learning rate, on the test part.</summary>
internal static class TestCommand
{
    private static readonly string[] s_tuned = ["baseline", "both"];

    public static Command Create(CliEnvironment environment)
    {
        var loss = new Argument<string>("LOSS") { Description = "A run (its best loss), RUN#rank, a known loss (`losses` lists them), an expression, or a file that holds one." };
        var experiment = new Option<string?>("--experiment") { Description = "The experiment to test in; default: the run's own, else digits.", HelpName = "EXPERIMENT" };
        var dataset = new Option<string?>("--dataset") { Description = "Another dataset than the experiment's: transfer.", HelpName = "D" };
        var network = new Option<string?>("--network") { Description = "Another network than the experiment's: transfer.", HelpName = "N" };
        var seeds = CommonOptions.Seeds("Pairs of networks.");
        var steps = new Option<string?>("--steps") { Description = "Training steps per network.", HelpName = "N" };
        var rate = new Option<string?>("--learning-rate") { Description = "Learning rate under the loss; default: the experiment's.", HelpName = "RATE" };
        var tune = new Option<string>("--tune")
        {
            Description = "Whose learning rate is tuned on validation data: the task loss's, or that of both, so that neither profits from its scale.",
            HelpName = string.Join('|', s_tuned),
            DefaultValueFactory = _ => s_tuned[0],
        };
        CommonOptions.Restrict(tune, s_tuned);
        var rescale = new Option<bool>("--rescale") { Description = "Divide the loss by its initial gradient's size relative to the task loss: what is left of it without the learning rate that it hides?" };
        var set = new Option<string[]>("--set") { Description = "Change one key of the experiment. May be repeated.", HelpName = "KEY=VALUE" };
        var device = CommonOptions.Device();
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("test", "Meta-testing: the loss against the task loss, on the test set, over fresh seeds.")
        {
            loss, experiment, dataset, network, seeds, steps, rate, tune, rescale, set, device, dataDir, json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var tunesLoss = parsed.GetRequiredValue(tune) == s_tuned[1];
            if (tunesLoss && parsed.GetValue(rate) is not null)
            {
                throw new CliException("--learning-rate and --tune both contradict each other: give one of them");
            }

            var reference = LossReference.Resolve(parsed.GetRequiredValue(loss), DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir)));
            ExperimentOverride?[] overrides =
            [
                .. (parsed.GetValue(set) ?? []).Select(ExperimentOverride.Parse),
                Override("--dataset", "task.dataset", parsed.GetValue(dataset)),
                Override("--network", "network.kind", parsed.GetValue(network)),
                Override("--steps", "training.steps", parsed.GetValue(steps)),
                Override("--learning-rate", "training.learning-rate", parsed.GetValue(rate)),
            ];
            var settings = Experiment(reference, parsed.GetValue(experiment), parsed.GetValue(dataset), overrides.OfType<ExperimentOverride>());
            reference = reference.For(settings.Protocol);
            using var signals = new StopSignals(environment, cancellation);
            var report = MetaTest.Run(
                reference.Loss,
                settings.Protocol,
                new MetaTestSettings
                {
                    Seeds = CommonOptions.SeedsOf(parsed, seeds),
                    LearningRates = settings.Search.BaselineLearningRates,
                    TuneLoss = tunesLoss,
                    Rescale = parsed.GetValue(rescale),
                },
                parsed.GetRequiredValue(device),
                CommonOptions.MetaTestThreads,
                new MetaTestNotice(environment),
                signals.Token);
            MetaTestOutput.Write(environment, reference, report, parsed.GetValue(rescale), parsed.GetValue(json));
            DataNotices.Write(environment, reference, settings.Protocol, report);
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static ExperimentOverride? Override(string option, string key, string? value) =>
        value is null ? null : new ExperimentOverride(key, value, $"{option} {Shown.Bare(value)}");

    // Another dataset is taken with the settings of its own built-in experiment, where there is one: what suits digits may not suit a regression.
    private static Experiment Experiment(LossReference reference, string? named, string? dataset, IEnumerable<ExperimentOverride> overrides)
    {
        if (named is not null)
        {
            return ExperimentReader.Read(named, overrides);
        }

        return dataset is not null && dataset != reference.Experiment?.Protocol.Task.Dataset && ExperimentCatalog.Find(dataset) is not null
            ? ExperimentReader.Read(dataset, overrides)
            : reference.Experiment is { } own
                ? ExperimentReader.Change(own, overrides)
                : ExperimentReader.Read(ExperimentCatalog.Default, overrides);
    }
}
