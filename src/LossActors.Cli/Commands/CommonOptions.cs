using System.CommandLine;
using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Cli.Display;
using LossActors.Learning.Native;

namespace LossActors.Cli.Commands;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    /// <summary>Where state lives unless <c>--data-dir</c> says otherwise.</summary>
    public const string DefaultDataFolder = "lossactors-data";

    public static Option<bool> Json() => new("--json") { Description = "Print JSON." };

    public static Argument<string> Run() => new("RUN") { Description = "A run's id, or the beginning of it." };

    public static Option<string> DataDir() => new("--data-dir")
    {
        Description = "The folder that holds runs and reports.",
        HelpName = "DIR",
        DefaultValueFactory = _ => DefaultDataFolder,
    };

    public static Option<string> Progress()
    {
        var option = new Option<string>("--progress")
        {
            Description = "How to show progress.",
            HelpName = string.Join('|', Displays.Names),
            DefaultValueFactory = _ => "auto",
        };
        Restrict(option, Displays.Names);
        return option;
    }

    /// <summary>Computing threads of a meta-test, which has the machine for itself.</summary>
    public static int MetaTestThreads => TorchThreads.PerSlot(1);

    public static Option<string> Device() => new("--device") { Description = "Where to train.", HelpName = "DEVICE", DefaultValueFactory = _ => "cpu" };

    public static Option<string> Seeds(string description) => new("--seeds") { Description = description, HelpName = "K", DefaultValueFactory = _ => "10" };

    /// <summary>The number that <see cref="Seeds"/> was given.</summary>
    public static int SeedsOf(ParseResult parsed, Option<string> option) =>
        int.TryParse(parsed.GetRequiredValue(option), NumberStyles.None, CultureInfo.InvariantCulture, out var seeds) && seeds is > 0 and <= 10_000
            ? seeds
            : throw new CliException($"{option.Name} {Shown.Text(parsed.GetRequiredValue(option))}: expected a whole number from 1 to 10000");

    /// <summary>Lets an option take only one of some words, naming it and them when it gets another.</summary>
    public static void Restrict(Option<string> option, IReadOnlyCollection<string> words)
    {
        option.CompletionSources.Add([.. words]);
        option.Validators.Add(result =>
        {
            if (result.Tokens is [{ Value: var given }] && !words.Contains(given, StringComparer.Ordinal))
            {
                result.AddError($"{option.Name} {Shown.Text(given)}: expected {string.Join(", ", words.SkipLast(1))} or {words.Last()}");
            }
        });
    }
}
