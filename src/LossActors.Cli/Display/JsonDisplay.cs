using System.Text.Json.Nodes;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using LossActors.Cli.Output;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Display;

/// <summary>One JSON object per line on stdout. A line "judged" is the acknowledgement of a result: its verdict is committed.</summary>
internal sealed class JsonDisplay(TextWriter output) : IRunDisplay
{
    /// <inheritdoc/>
    public void Show(RunView view, SearchProgress progress)
    {
        var json = progress switch
        {
            SearchProgress.CandidateJudged judged => Judged(judged),
            SearchProgress.Migrated m => Event("migrated", ("from", m.From), ("to", m.To), ("candidates", new JsonArray([.. m.Accepted.Select(c => JsonValue.Create(c.ToString()))]))),
            SearchProgress.HallOfFameChanged => Event("hallOfFame", ("front", Front(view))),
            SearchProgress.BaselineMeasured b => Event("baseline", ("learningRate", b.LearningRate), ("fitness", JsonOutput.Number(b.Fitness))),
            SearchProgress.FinalistMeasured f => Event("finalist", ("candidate", f.Candidate.ToString()), ("fitness", JsonOutput.Number(f.Fitness))),
            SearchProgress.StateChanged s => Event("state", ("state", s.State), ("reason", s.Reason)),
            SearchProgress.Amended a => Event("amended", ("number", a.Number), ("change", a.Description)),
            SearchProgress.Trouble t => Event("trouble", ("message", t.Message)),
            _ => null,
        };
        if (json is not null)
        {
            JsonOutput.WriteLine(output, json);
        }
    }

    /// <inheritdoc/>
    public void Tick(RunView view)
    {
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static JsonObject Judged(SearchProgress.CandidateJudged judged)
    {
        CandidateRow c = judged.Candidate;
        return Event(
            "judged",
            ("candidate", c.Id),
            ("island", c.Island),
            ("birth", c.Birth),
            ("parents", new JsonArray([.. c.Parents.Select(p => JsonValue.Create(p))])),
            ("origin", c.Origin),
            ("verdict", c.Verdict),
            ("expression", c.Expression),
            ("weights", JsonOutput.Numbers(c.Weights)),
            ("complexity", c.Complexity),
            ("fitness", JsonOutput.Number(c.Fitness)),
            ("fitnessSteps", c.FitnessSteps),
            ("stoppedAt", c.StoppedAt),
            ("trainedSteps", c.TrainedSteps),
            ("savedSteps", c.SavedSteps),
            ("evaluations", judged.Evaluations),
            ("trained", judged.Trained));
    }

    private static JsonArray Front(RunView view) =>
    [
        .. view.Front.Select(i => new JsonObject
        {
            ["candidate"] = i.Id.ToString(),
            ["expression"] = ExpressionFormatter.Function(i.Expression),
            ["weights"] = JsonOutput.Numbers(i.Expression.Weights),
            ["complexity"] = i.Complexity,
            ["fitness"] = JsonOutput.Number(i.Fitness),
        }),
    ];

    private static JsonObject Event(string name, params (string Key, JsonNode? Value)[] fields)
    {
        var json = new JsonObject { ["event"] = name };
        foreach (var (key, value) in fields)
        {
            json[key] = value;
        }

        return json;
    }
}
