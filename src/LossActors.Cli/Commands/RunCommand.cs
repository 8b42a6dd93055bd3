using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Cli.Hosting;

namespace LossActors.Cli.Commands;

/// <summary><c>run [EXPERIMENT]</c>: starts a search.</summary>
internal static class RunCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var experiment = new Argument<string>("EXPERIMENT")
        {
            Description = "A built-in experiment, a preset (on the default task), or a .conf file.",
            DefaultValueFactory = _ => ExperimentCatalog.Default,
        };
        var presets = new Option<string[]>("--preset") { Description = "Lay a preset's settings over the experiment's, such as evomal. May be repeated; --set wins.", HelpName = "NAME|FILE" };
        var strict = new Option<bool>("--strict") { Description = "Same seed, same hall of fame, bit for bit." };
        var options = new SearchOptions(
            (new Option<string?>("--name") { Description = "Name of the run.", HelpName = "NAME" }, "name"),
            (new Option<string?>("--seed") { Description = "Seed of the search.", HelpName = "N" }, "search.seed"));
        var command = new Command("run", "Starts a search. Prints the run's id first and the hall of fame last.") { experiment, presets, strict };
        options.AddTo(command);
        command.SetAction(async (parsed, cancellation) =>
        {
            var overrides = options.Overrides(parsed);
            var read = ExperimentReader.Read(
                parsed.GetRequiredValue(experiment),
                parsed.GetValue(presets) ?? [],
                parsed.GetValue(strict) ? [.. overrides, new ExperimentOverride("search.strict", "true", "--strict")] : overrides);
            var session = new RunSession(environment, new RunSessionOptions
            {
                Database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(options.DataDir)),
                Run = RunId.New(read.Name, environment.Time),
                Experiment = read,
                Progress = parsed.GetRequiredValue(options.Progress),
                Json = options.IsJson(parsed),
                Host = parsed.GetRequiredValue(options.Host),
                Port = options.PortOf(parsed),
                Tls = TlsOption.Read(environment, parsed.GetValue(options.Tls)),
            });
            return (int)await session.WorkAsync(cancellation);
        });
        return command;
    }
}
