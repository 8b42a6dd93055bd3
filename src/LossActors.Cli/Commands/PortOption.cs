using System.CommandLine;
using LossActors.Actors.Experiments;

namespace LossActors.Cli.Commands;

/// <summary>The value of a <c>--port</c>.</summary>
internal static class PortOption
{
    /// <summary>The port.</summary>
    /// <exception cref="CliException">It is none.</exception>
    public static int Of(ParseResult parsed, Option<string> option) =>
        ushort.TryParse(parsed.GetRequiredValue(option), out var port)
            ? port
            : throw new CliException($"{option.Name} {Shown.Text(parsed.GetRequiredValue(option))}: expected a number from 0 to 65535");
}
