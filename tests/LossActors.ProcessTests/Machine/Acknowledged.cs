using System.Text.Json.Nodes;

namespace LossActors.ProcessTests.Machine;

/// <summary>A result as <c>--progress json</c> acknowledged it.</summary>
internal sealed record Acknowledged(string Candidate, int Island, int Birth, string Verdict, double? Fitness, int Evaluations)
{
    /// <summary>All that stand among the lines a process has printed. A killed process may have left half a line at the end.</summary>
    public static IReadOnlyList<Acknowledged> In(IReadOnlyList<string> lines) =>
        [.. lines.Where(l => l.StartsWith("{\"event\":\"judged\"", StringComparison.Ordinal) && l.EndsWith('}')).Select(l => Of(JsonNode.Parse(l)!))];

    private static Acknowledged Of(JsonNode json) => new(
        json["candidate"]!.GetValue<string>(), json["island"]!.GetValue<int>(), json["birth"]!.GetValue<int>(),
        json["verdict"]!.GetValue<string>(), json["fitness"]?.GetValue<double>(), json["evaluations"]!.GetValue<int>());
}
