using System.CommandLine;
using System.Globalization;
using LossActors.Actors.Experiments;

namespace LossActors.Cli.Commands;

/// <summary>The options of <c>simulate</c>.</summary>
internal sealed class SimulateOptions
{
    private const int Most = 1_000_000;

    public Argument<string?> Run { get; } = new("RUN")
    {
        Description = "Take durations, verdicts and settings of this run; default: those of a run of the default experiment.", Arity = ArgumentArity.ZeroOrOne,
    };

    public Option<string> Evaluators { get; } = Text("--evaluators", "Numbers of evaluator processes.", "N,N…", "10,100,1000,10000");

    public Option<string> Islands { get; } = Text("--islands", "Numbers of islands; every one with every number of evaluators.", "N,N…", "4,64,1000");

    public Option<string> Slots { get; } = Text("--slots", "Slots of each evaluator.", "N", "1");

    public Option<string> Window { get; } = Text("--window", "Births that each island keeps in flight; auto: half as many again as there are slots for it, but no fewer than the run has.", "N|auto", "auto");

    public Option<string> Candidates { get; } = Text("--candidates", "The budget; auto: twenty for each slot and island, and at least two thousand.", "N|auto", "auto");

    public Option<string?> Hours { get; } = new("--hours") { Description = "End after so much virtual time.", HelpName = "H" };

    public Option<string> Speed { get; } = Text("--speed", "How many times faster evaluators are than in the run; below 1: slower.", "X", "1");

    public Option<string?> Mtbf { get; } = new("--mtbf") { Description = "Mean time between failures of one evaluator, e.g. 24h; default: none fails.", HelpName = "TIME" };

    public Option<string> Cores { get; } = Text("--cores", "Cores of the search node.", "N", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));

    public Option<string> Seed { get; } = Text("--seed", "Of the simulation.", "N", "1");

    public Option<string> DataDir { get; } = CommonOptions.DataDir();

    public Option<bool> Json { get; } = CommonOptions.Json();

    /// <summary>Whole numbers separated by commas.</summary>
    public static int[] Counts(ParseResult parsed, Option<string> option) => [.. parsed.GetRequiredValue(option).Split(',').Select(text => Count(option.Name, text))];

    /// <summary>A whole number.</summary>
    public static int Count(ParseResult parsed, Option<string> option) => Count(option.Name, parsed.GetRequiredValue(option));

    /// <summary>A whole number; null for <c>auto</c>.</summary>
    public static int? CountOrAuto(ParseResult parsed, Option<string> option) => parsed.GetRequiredValue(option) is var text && text == "auto" ? null : Count(option.Name, text);

    /// <summary>A positive number.</summary>
    public static double Positive(string option, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most
            ? number
            : throw new CliException($"{option} {Shown.Text(text)}: expected a positive number");

    private static int Count(string option, string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= Most
            ? number
            : throw new CliException($"{option} {Shown.Text(text)}: expected a whole number from 1 to {Most}");

    private static Option<string> Text(string name, string description, string help, string value) => new(name) { Description = description, HelpName = help, DefaultValueFactory = _ => value };
}
