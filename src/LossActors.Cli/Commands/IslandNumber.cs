using System.CommandLine;
using System.Globalization;
using LossActors.Actors.Experiments;

namespace LossActors.Cli.Commands;

/// <summary>An island, as options and arguments name it.</summary>
internal static class IslandNumber
{
    /// <summary><c>--island N</c>.</summary>
    public static Option<string?> Option(string description) => new("--island") { Description = description, HelpName = "N" };

    /// <summary>The island that an option names; null: none.</summary>
    /// <exception cref="CliException">It is no number.</exception>
    public static int? Of(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is { } text ? Of(text, $"{option.Name} ") : null;

    /// <summary>The island of a text.</summary>
    /// <exception cref="CliException">It is no number.</exception>
    public static int Of(string text, string what = "") => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var island)
        ? island
        : throw new CliException($"{what}{Shown.Text(text)}: expected an island's number, from 0");
}
