using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Experiments.Schema;
using LossActors.Actors.Record;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Runs;

/// <summary>
/// Decides whether a run may be gone on with under given settings. Where and how evaluations run may change, the budget may grow; whatever a fitness or
/// the course of the search depends on may not, or the run's record would mix two experiments.
/// </summary>
public static class ResumeCheck
{
    /// <summary>Throws unless the run may be gone on with.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="stored">The experiment that it was started with.</param>
    /// <param name="spendable">Its budget, as it was raised last.</param>
    /// <param name="requested">The experiment that is asked for now.</param>
    /// <param name="storedHash">Hash of the data that it was started with.</param>
    /// <param name="hash">Hash of the data as it is now.</param>
    /// <exception cref="ResumeRefusedException">Something differs that may not.</exception>
    public static void Require(string run, Experiment stored, int spendable, Experiment requested, string storedHash, string hash)
    {
        var differences = Differences(stored, spendable, requested).InsertRange(0, Changed(requested.Protocol, storedHash, hash));

        if (!differences.IsEmpty)
        {
            throw new ResumeRefusedException(run, differences);
        }
    }

    /// <summary>Whether a completed run is opened again: one of its budgets was raised, and that leaves something to spend.</summary>
    public static bool Reopens(RunDetails run, Experiment requested)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(requested);
        return requested.Search.Evaluations > run.Budget
            || (IsLonger(requested.Search.Time, run.Experiment.Search.Time) && run.Evaluations < run.Budget && HasTime(run, requested));
    }

    /// <summary>Whether a time limit leaves a run any time; it counts over all the run's lives.</summary>
    public static bool HasTime(RunDetails run, Experiment requested)
    {
        ArgumentNullException.ThrowIfNull(run);
        ArgumentNullException.ThrowIfNull(requested);
        return requested.Search.Time is not { } limit || limit.TotalSeconds > run.ElapsedSeconds;
    }

    /// <summary>Whether a time limit is longer than another; null: none.</summary>
    internal static bool IsLonger(TimeSpan? limit, TimeSpan? than) => (limit ?? TimeSpan.MaxValue) > (than ?? TimeSpan.MaxValue);

    /// <summary>What differs that may not differ, one line each.</summary>
    public static ImmutableArray<string> Differences(Experiment stored, int spendable, Experiment requested)
    {
        var differences = ImmutableArray.CreateBuilder<string>();
        var (was, isNow) = (Fixed(stored), Fixed(requested));
        foreach (var key in ExperimentSchema.Keys)
        {
            // Written as users write them, in the file and after --set.
            var (before, now) = (key.Type.Write(key.Get(was)), key.Type.Write(key.Get(isNow)));
            if (!JsonNode.DeepEquals(before, now))
            {
                differences.Add($"{key.Path} is {Text(now)}, was {Text(before)}");
            }
        }

        if (requested.Search.Evaluations != stored.Search.Evaluations && requested.Search.Evaluations < spendable)
        {
            differences.Add($"search.evaluations is {requested.Search.Evaluations}, less than the {spendable} granted already");
        }

        if (requested.Search.Island.Strict && requested.Search.Time is not null)
        {
            differences.Add("search.time is set, but a strict run has no time limit");
        }

        return differences.ToImmutable();
    }

    // A hash per task; where the tasks are others, that is said already.
    private static IEnumerable<string> Changed(EvaluationProtocol protocol, string storedHash, string hash)
    {
        string[] datasets = [protocol.Task.Dataset, .. protocol.FurtherTasks.Select(task => task.Task.Dataset)];
        return datasets.Zip(DataHashes.Split(storedHash), DataHashes.Split(hash))
            .Where(task => task.Second != task.Third)
            .Select(task => $"the data of {task.First} has changed (its hash is {DataHashes.Short(task.Third)}, was {DataHashes.Short(task.Second)})");
    }

    // Without what may differ. Where data lies is nobody's concern, what it holds is compared by its hash.
    private static Experiment Fixed(Experiment experiment) => experiment with
    {
        Name = "",
        Evaluation = new(),
        Search = experiment.Search with { Evaluations = 0, Time = null },
        Protocol = experiment.Protocol with
        {
            Task = experiment.Protocol.Task with { Path = null },
            FurtherTasks = [.. experiment.Protocol.FurtherTasks.Select(task => task with { Task = task.Task with { Path = null } })],
        },
    };

    private static string Text(JsonNode? value) => value?.ToJsonString() ?? "not set";
}
