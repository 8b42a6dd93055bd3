using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Actors.Simulation;

namespace LossActors.Cli.Output;

/// <summary>One simulated search.</summary>
internal sealed record SimulatedCell(SimulationOptions Options, SimulationReport Report);

/// <summary>What <c>simulate</c> prints.</summary>
internal static class SimulationOutput
{
    public static void Write(CliEnvironment environment, Workload workload, IReadOnlyList<SimulatedCell> cells, bool json)
    {
        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonObject { ["workload"] = workload.Source, ["simulations"] = new JsonArray([.. cells.Select(Json)]) });
            return;
        }

        TextTable.Write(
            environment,
            ["#EVALUATORS", "#ISLANDS", "#WINDOW", "#CANDIDATES/S", "#SLOTS BUSY", "#STALE BY BIRTHS (P95)", "#BY SECONDS (P95)", "#BROKER BUSY", "#NODE BUSY", "#JOBS WAITING", "#DEATHS", "#LEASED AGAIN", "HELD BACK BY"],
            cells.Select(cell => new[]
            {
                Numbers.Count(cell.Options.Evaluators),
                Numbers.Count(cell.Options.Search.Islands),
                Numbers.Count(cell.Options.Search.Island.Window),
                Rounded(cell.Report.CandidatesPerSecond),
                Numbers.Percent(cell.Report.SlotUtilisation),
                Text(cell.Report.StalenessBirths),
                Text(cell.Report.StalenessSeconds),
                Numbers.Percent(cell.Report.BrokerUtilisation),
                Numbers.Percent(cell.Report.NodeUtilisation),
                Rounded(cell.Report.WaitingJobs),
                Numbers.Count(cell.Report.Deaths),
                Numbers.Count(cell.Report.LeasedAgain),
                Words(cell.Report.Bottleneck),
            }));
    }

    private static string Text(Spread spread) => $"{Rounded(spread.Mean)} ({Rounded(spread.P95)})";

    private static string Rounded(double value) => value.ToString("G3", CultureInfo.InvariantCulture) is var text && text.Contains('E', StringComparison.Ordinal) ? Numbers.Count((long)value) : text;

    private static string Words(Bottleneck bottleneck) => bottleneck switch
    {
        Bottleneck.Evaluators => "evaluators",
        Bottleneck.Window => "births in flight",
        Bottleneck.Broker => "broker: saturated",
        Bottleneck.SearchNode => "search node: saturated",
        _ => "journal",
    };

    private static JsonObject Json(SimulatedCell cell) => new()
    {
        ["evaluators"] = cell.Options.Evaluators,
        ["slots"] = cell.Options.Slots,
        ["islands"] = cell.Options.Search.Islands,
        ["window"] = cell.Options.Search.Island.Window,
        ["cores"] = cell.Options.Cores,
        ["candidates"] = cell.Report.Candidates,
        ["seconds"] = cell.Report.Seconds,
        ["candidatesPerSecond"] = cell.Report.CandidatesPerSecond,
        ["slotUtilisation"] = cell.Report.SlotUtilisation,
        ["stalenessBirths"] = Json(cell.Report.StalenessBirths),
        ["stalenessSeconds"] = Json(cell.Report.StalenessSeconds),
        ["brokerUtilisation"] = cell.Report.BrokerUtilisation,
        ["nodeUtilisation"] = cell.Report.NodeUtilisation,
        ["journalUtilisation"] = cell.Report.JournalUtilisation,
        ["waitingJobs"] = cell.Report.WaitingJobs,
        ["deaths"] = cell.Report.Deaths,
        ["leasedAgain"] = cell.Report.LeasedAgain,
        ["bottleneck"] = Words(cell.Report.Bottleneck),
    };

    private static JsonObject Json(Spread spread) => new() { ["mean"] = spread.Mean, ["p95"] = spread.P95 };
}
