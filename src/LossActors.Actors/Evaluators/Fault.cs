using System.IO.Enumeration;

namespace LossActors.Actors.Evaluators;

/// <summary>What goes wrong, and for which losses. Written <c>kill=log(*</c>; several are separated by semicolons.</summary>
/// <param name="Kind"><c>kill</c>: the process kills itself; <c>hang</c>: never returns and cannot be cancelled; <c>fail</c>: throws.</param>
/// <param name="Pattern">The bare function form, where <c>*</c> stands for anything.</param>
internal sealed record Fault(string Kind, string Pattern)
{
    private static readonly string[] s_kinds = ["kill", "hang", "fail"];

    /// <summary>Reads a list of faults.</summary>
    /// <exception cref="FormatException">It is none.</exception>
    public static IReadOnlyList<Fault> ParseAll(string text) =>
        [.. text.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Parse)];

    /// <summary>Whether it befalls a loss.</summary>
    public bool Befalls(string functionForm) => FileSystemName.MatchesSimpleExpression(Pattern, functionForm, ignoreCase: false);

    private static Fault Parse(string text)
    {
        var parts = text.Split('=', 2);
        return parts.Length == 2 && s_kinds.Contains(parts[0])
            ? new Fault(parts[0], parts[1])
            : throw new FormatException($"'{text}' in {FaultInjectingBench.Variable} is no fault: kill=, hang= or fail= and a pattern were expected.");
    }
}
