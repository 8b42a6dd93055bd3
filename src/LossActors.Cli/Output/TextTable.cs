using Spectre.Console;

namespace LossActors.Cli.Output;

/// <summary>Tables for people: as wide as the terminal, or as wide as they need where there is none.</summary>
internal static class TextTable
{
    private const int Narrowest = 80;
    private const int Unlimited = 100_000;

    /// <summary>Writes a table. Columns whose title begins with '#' hold numbers and are aligned to the right.</summary>
    public static void Write(CliEnvironment environment, IEnumerable<string> titles, IEnumerable<IEnumerable<string>> rows)
    {
        var table = new Table().Border(TableBorder.None);
        foreach (var title in titles)
        {
            var isNumber = title.StartsWith('#');
            var column = new TableColumn(new Text(isNumber ? title[1..] : title, new Style(decoration: Decoration.Bold)));
            table.AddColumn(isNumber ? column.RightAligned().NoWrap() : column);
        }

        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(cell)));
        }

        var console = ConsoleFor(environment.Out, environment.IsOutTerminal);

        // In a narrower terminal it folds the lines; a table squeezed into it loses whole columns.
        console.Profile.Width = Math.Max(console.Profile.Width, Narrowest);
        console.Write(table);
    }

    /// <summary>A Spectre console over a writer, plain unless it is a terminal.</summary>
    public static IAnsiConsole ConsoleFor(TextWriter writer, bool isTerminal)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Out = new AnsiConsoleOutput(writer),
            Ansi = isTerminal ? AnsiSupport.Detect : AnsiSupport.No,
            ColorSystem = isTerminal ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
        });
        if (!isTerminal)
        {
            console.Profile.Width = Unlimited;
        }

        return console;
    }
}
