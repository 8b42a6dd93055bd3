using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Cli.Hosting;

namespace LossActors.Cli.Commands;

/// <summary><c>change RUN KEY=VALUE…</c>: other settings for a search that goes on.</summary>
internal static class ChangeCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var settings = new Argument<string[]>("KEY=VALUE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "A key of the experiment, such as search.variation.crossover=4: variation, selection, population, heights, primitives, topology, migration, stagnation, refinement.",
        };
        var island = IslandNumber.Option("The only island that is to change; default: all that have no settings of their own.");
        return new AmendmentSender(environment).Create(
            "change",
            "Changes settings of a search while it goes on.",
            [settings],
            [island],
            (parsed, _) => new Amendment.Change([.. parsed.GetRequiredValue(settings).Select(Setting)], IslandNumber.Of(parsed, island)));
    }

    /// <summary>Reads <c>KEY=VALUE</c>.</summary>
    public static ExperimentOverride Setting(string text) => ExperimentOverride.Parse(text) with { Source = Shown.Bare(text) };
}
