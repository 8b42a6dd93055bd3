using System.CommandLine;
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
        option.AcceptOnlyFromAmong(Displays.Names);
        return option;
    }
}
