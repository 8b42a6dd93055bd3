using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;
using LossActors.Evolution.Evaluation;

namespace LossActors.Cli.Commands;

/// <summary><c>islands RUN</c>: how a search's islands fare; <c>islands add|close|pause|resume RUN</c>: have them come, go and wait while it goes on.</summary>
internal static class IslandsCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id, or the beginning of it; default: the latest." };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("islands", "Lists a search's islands; has them come, go and wait.") { run, dataDir, json };
        command.SetAction(parsed =>
        {
            var database = DatabaseSetting.Of(environment, parsed.GetRequiredValue(dataDir));
            using var store = RunStore.Open(database, parsed.GetValue(run), out var id);
            var rows = Rows(store.Reader.Show(id), store.Reader.Standing(id));
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, new JsonArray([.. rows.Select(Json)]));
            }
            else
            {
                TextTable.Write(
                    environment,
                    ["#ISLAND", "STATE", "#EVALUATIONS", "#TRAINED", "#BEST", "TASKS", "CLONE OF"],
                    rows.Select(r => new[]
                    {
                        Number(r.Island), r.State, Numbers.Count(r.Evaluations), Numbers.Count(r.Trained), r.Best is null ? "–" : Numbers.Short(r.Best), r.Tasks.IsAll ? "all" : string.Join(", ", r.Tasks.Numbers), r.CloneOf is { } source ? Number(source) : "–",
                    }));
            }

            return (int)ExitCode.Done;
        });
        var sender = new AmendmentSender(environment);
        command.Add(Add(sender));
        command.Add(One(sender, "close", "An island finishes what it has begun and proposes nothing any more; what it has not spent is the others'.", island => new Amendment.CloseIsland(island)));
        command.Add(One(sender, "pause", "An island finishes what it has begun and waits; the run does not end meanwhile.", island => new Amendment.PauseIsland(island)));
        command.Add(One(sender, "resume", "A paused island goes on.", island => new Amendment.ResumeIsland(island)));
        return command;
    }

    private static Command Add(AmendmentSender sender)
    {
        var clone = new Option<string?>("--clone") { Description = "Begin with the members and settings of this island; default: with random trees.", HelpName = "N" };
        var set = new Option<string[]>("--set") { Description = "A setting that the island is to have of its own, such as search.population=50. May be repeated.", HelpName = "KEY=VALUE" };
        return sender.Create(
            "add",
            "One island more, which shares the budget.",
            [],
            [clone, set],
            (parsed, _) => new Amendment.AddIsland(
                parsed.GetValue(clone) is { } text ? IslandNumber.Of(text, "--clone ") : null, [.. (parsed.GetValue(set) ?? []).Select(ChangeCommand.Setting)]));
    }

    private static Command One(AmendmentSender sender, string name, string description, Func<int, Amendment> amendment)
    {
        var island = new Argument<string>("N") { Description = "The island's number, from 0." };
        return sender.Create(name, description, [island], [], (parsed, _) => amendment(IslandNumber.Of(parsed.GetRequiredValue(island))));
    }

    private static IEnumerable<IslandRow> Rows(RunDetails run, RunStanding standing)
    {
        var search = run.Experiment.Search;
        return Enumerable.Range(0, run.Islands).Select(island =>
        {
            var tallies = standing.Tallies.Where(t => t.Island == island).ToList();
            return new IslandRow(
                island,
                search.Closed.Contains(island) ? "closed" : search.Paused.Contains(island) ? "paused" : "open",
                tallies.Sum(t => t.Candidates),
                tallies.Where(t => t.Verdict == "trained").Sum(t => t.Candidates),
                tallies.Min(t => t.Best),
                search.TasksOf(island),
                search.Added.FirstOrDefault(added => added.Island == island)?.CloneOf);
        });
    }

    private static JsonNode Json(IslandRow row) => new JsonObject
    {
        ["island"] = row.Island, ["state"] = row.State, ["evaluations"] = row.Evaluations, ["trained"] = row.Trained, ["best"] = JsonOutput.Number(row.Best),
        ["tasks"] = row.Tasks.IsAll ? null : new JsonArray([.. row.Tasks.Numbers.Select(task => JsonValue.Create(task))]), ["cloneOf"] = row.CloneOf,
    };

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record IslandRow(int Island, string State, int Evaluations, int Trained, double? Best, TaskSet Tasks, int? CloneOf);
}
