using System.Text.Json.Nodes;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Learning.MetaTesting;

namespace LossActors.Cli.Output;

/// <summary>Runs as JSON.</summary>
internal static class RunJson
{
    /// <summary>A run as <c>runs --json</c> lists it.</summary>
    public static JsonObject Summary(RunSummary run) => new()
    {
        ["run"] = run.Run,
        ["name"] = run.Name,
        ["state"] = run.State,
        ["reason"] = run.Reason,
        ["seed"] = run.Seed,
        ["strict"] = run.Strict,
        ["evaluations"] = run.Evaluations,
        ["budget"] = run.Budget,
        ["trained"] = run.Trained,
        ["trainingSteps"] = run.TrainingSteps,
        ["candidateSteps"] = run.CandidateSteps,
        ["refinementSteps"] = run.RefinementSteps,
        ["savedSteps"] = run.SavedSteps,
        ["islands"] = run.Islands,
        ["elapsedSeconds"] = run.ElapsedSeconds,
        ["createdAt"] = run.CreatedAt,
        ["updatedAt"] = run.UpdatedAt,
        ["evaluators"] = new JsonArray([.. run.Evaluators.Select(e => new JsonObject { ["pid"] = e.Pid, ["device"] = e.Device, ["state"] = e.State, ["node"] = e.Node })]),
        ["nodes"] = new JsonArray([.. run.Nodes.Select(n => new JsonObject { ["address"] = n.Address, ["role"] = n.Role, ["state"] = n.State })]),
        ["baseline"] = run.Baseline is not { } baseline ? null : new JsonObject
        {
            ["metric"] = baseline.Metric,
            ["value"] = JsonOutput.Number(baseline.Value),
            ["learningRate"] = baseline.LearningRate,
            ["replicates"] = JsonOutput.Numbers(baseline.Replicates),
        },
    };

    /// <summary>A run as <c>show RUN --json</c> prints it.</summary>
    public static JsonObject Details(RunDetails run)
    {
        var json = Summary(run);
        json["metric"] = run.Metric;
        json["hallOfFame"] = HallOfFame(run.HallOfFame);
        json["finalists"] = new JsonArray([.. run.Finalists.Select(f => new JsonObject
        {
            ["candidate"] = f.Candidate,
            ["searchFitness"] = JsonOutput.Number(f.SearchFitness),
            ["replicates"] = JsonOutput.Numbers(f.Replicates),
        })]);
        json["amendments"] = new JsonArray([.. run.Amendments.Select(Amendment)]);
        json["dataHash"] = run.DataHash;
        json["versions"] = new JsonObject(run.Versions.Select(v => KeyValuePair.Create(v.Key, (JsonNode?)JsonValue.Create(v.Value))));
        foreach (var (key, value) in ExperimentWriter.ToJsonNode(run.Experiment).ToArray())
        {
            json[key] = value?.DeepClone();
        }

        return json;
    }

    /// <summary>A change that a user made.</summary>
    public static JsonObject Amendment(AmendmentRow row) => new() { ["number"] = row.Number, ["change"] = row.Description, ["at"] = row.At };

    /// <summary>A hall of fame, best first.</summary>
    public static JsonArray HallOfFame(IEnumerable<HallOfFameRow> rows) => [.. rows.Select(Row)];

    /// <summary>A place in it, with the 95 % interval of its mean.</summary>
    public static JsonObject Row(HallOfFameRow row)
    {
        var interval = Interval.Of(row.Replicates);
        var json = new JsonObject
        {
            ["rank"] = row.Rank,
            ["expression"] = row.Expression,
            ["weights"] = JsonOutput.Numbers(row.Weights),
            ["complexity"] = row.Complexity,
            ["fitness"] = JsonOutput.Number(row.Fitness),
            ["low"] = JsonOutput.Number(interval.Low),
            ["high"] = JsonOutput.Number(interval.High),
            ["replicates"] = JsonOutput.Numbers(row.Replicates),
            ["candidate"] = row.Candidate,
            ["searchFitness"] = JsonOutput.Number(row.SearchFitness),
        };
        foreach (var (name, errors) in new[] { ("taskErrors", row.TaskErrors), ("horizonErrors", row.HorizonErrors) }.Where(part => !part.Item2.IsEmpty))
        {
            json[name] = JsonOutput.Numbers(errors);
        }

        return json;
    }
}
