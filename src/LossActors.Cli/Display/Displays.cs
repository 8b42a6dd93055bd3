using LossActors.Cli.Output;
using Spectre.Console;

namespace LossActors.Cli.Display;

/// <summary>Chooses a display.</summary>
internal static class Displays
{
    /// <summary>What <c>--progress</c> takes.</summary>
    public static string[] Names => ["auto", "live", "plain", "json", "none"];

    /// <summary>The display of a name; auto is live on a terminal and plain elsewhere.</summary>
    public static IRunDisplay Create(string name, CliEnvironment environment) => name switch
    {
        "json" => new JsonDisplay(environment.Out),
        "none" => new NoDisplay(),
        "live" => Live(environment),
        "auto" when environment.IsErrorTerminal && CanRedraw => Live(environment),
        _ => new PlainDisplay(environment.Error, environment.Time),
    };

    // A dumb terminal cannot go back to draw over what it shows.
    private static bool CanRedraw => AnsiConsole.Profile.Capabilities.Ansi;

    // On stderr, since stdout is for data.
    private static LiveDisplay Live(CliEnvironment environment) =>
        new(TextTable.ConsoleFor(environment.Error, isTerminal: true), environment.Time);
}
