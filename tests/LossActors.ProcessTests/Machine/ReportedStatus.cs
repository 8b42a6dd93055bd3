using System.Text.Json;

namespace LossActors.ProcessTests.Machine;

/// <summary>What the process that has a run says of its evaluators about once a second, in a file of the data folder.</summary>
internal sealed record ReportedStatus(int Waiting, int Leased, IReadOnlyList<ReportedStatus.Evaluator> Evaluators)
{
    /// <summary>An evaluator process, and the address of its node.</summary>
    public sealed record Evaluator(int Pid, string State, string Node);

    /// <summary>Reads it; null: nobody has said anything yet.</summary>
    public static ReportedStatus? Read(string file) =>
        File.Exists(file) ? JsonSerializer.Deserialize<ReportedStatus>(File.ReadAllText(file), JsonSerializerOptions.Web) : null;

    /// <summary>An evaluator by its process; null: it is not there.</summary>
    public Evaluator? Of(int pid) => Evaluators.FirstOrDefault(e => e.Pid == pid);
}
