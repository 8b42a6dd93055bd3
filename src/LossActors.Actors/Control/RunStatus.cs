using System.Collections.Immutable;
using System.Text.Json;
using LossActors.Actors.Persistence;
using LossActors.Actors.Serialization;
using LossActors.Actors.Record;

namespace LossActors.Actors.Control;

/// <summary>What the owner of a run says of itself about once a second, in a file beside the lock: what no journal keeps.</summary>
/// <param name="Pid">The owner.</param>
/// <param name="At">When it said so.</param>
/// <param name="Evaluators">The evaluator processes.</param>
/// <param name="Waiting">Jobs waiting for a slot.</param>
/// <param name="Leased">Jobs at work.</param>
public sealed record RunStatus(int Pid, DateTimeOffset At, ImmutableArray<EvaluatorStatus> Evaluators, int Waiting, int Leased)
{
    /// <summary>Writes it so that a reader sees the old one or the new one, never half of one.</summary>
    public void Write(DataFolder folder, string run)
    {
        var path = folder.StatusOf(run);
        File.WriteAllBytes(path + ".tmp", JsonSerializer.SerializeToUtf8Bytes(this, WireJson.Options));
        File.Move(path + ".tmp", path, overwrite: true);
    }

    /// <summary>The status of a run that some process owns; null for others.</summary>
    public static RunStatus? Read(DataFolder folder, string run)
    {
        try
        {
            return RunLock.IsHeld(folder, run) ? JsonSerializer.Deserialize<RunStatus>(File.ReadAllBytes(folder.StatusOf(run)), WireJson.Options) : null;
        }
        catch (Exception e) when (e is IOException or JsonException)
        {
            return null;
        }
    }
}
