using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Cli.Display;

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
