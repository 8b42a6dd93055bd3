using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Actors.Runs;
using LossActors.Cli.Hosting;
using LossActors.Expressions.Printing;
using LossActors.Learning.Losses;

namespace LossActors.Cli.Commands;

/// <summary><c>inject RUN LOSS</c>: a loss of the user's for a search that goes on.</summary>
internal static class InjectCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var reference = new Argument<string>("LOSS") { Description = "An expression, a known loss (`lossactors losses`), another run or RUN#rank, or a file that holds one." };
        var island = IslandNumber.Option("Where to; default: the island that has been given the fewest so.");
        return new AmendmentSender(environment).Create(
            "inject",
            "Has a search try a loss next, while it goes on.",
            [reference],
            [island],
            (parsed, run) =>
            {
                var text = parsed.GetRequiredValue(reference);
                var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue<string>("--data-dir"));
                return LossReference.Resolve(text, database).For(run.Experiment.Protocol).Loss is LossFunction.Symbolic loss
                    ? new Amendment.Inject(ExpressionFormatter.WeightedFunction(loss.Expression), IslandNumber.Of(parsed, island))
                    : throw new CliException($"{Shown.Text(text)} is a neural network; only expressions evolve");
            });
    }
}
