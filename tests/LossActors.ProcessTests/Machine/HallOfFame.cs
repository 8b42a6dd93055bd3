using System.Text.Json.Nodes;

namespace LossActors.ProcessTests.Machine;

/// <summary>The hall of fame as <c>show --json</c> prints it.</summary>
internal static class HallOfFame
{
    /// <summary>One line per loss, all of its numbers to the last bit: what JSON prints of a number is exact.</summary>
    public static string Text(JsonNode shown) => string.Join(
        '\n',
        shown["hallOfFame"]!.AsArray().Select(l => string.Join(' ', l!["rank"], l["expression"], l["weights"]!.ToJsonString(), l["complexity"], l["fitness"], l["replicates"]!.ToJsonString())));
}
