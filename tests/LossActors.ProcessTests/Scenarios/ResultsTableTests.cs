using System.Text.Json.Nodes;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>The results table of LossActors.Studies takes days, so it must survive its sittings.</summary>
public sealed class ResultsTableTests : ProcessTest
{
    private const int Budget = 60;

    private string Cell => Path.Combine(Folder, "table", "breast-cancer.gp.json");

    [Fact(Timeout = Deadline)]
    public async Task An_interrupted_search_goes_on_and_a_finished_one_is_not_run_again()
    {
        using (var first = StartTable(searches: 1))
        {
            while (await RunsAsync() is not [{ Evaluations: >= 3 }])
            {
                await Task.Delay(100, Stop);
            }
        }

        Assert.False(File.Exists(Cell));
        var run = Assert.Single(await RunsAsync()).Run;
        await EndsAsync(StartTable(searches: 1));
        Assert.Equal((run, Budget), Assert.Single(await RunsAsync()));
        Record(run).IsCompletedOnce(Budget);
        Assert.Equal([run], Searches());

        await EndsAsync(StartTable(searches: 2));
        Assert.Equal((await RunsAsync()).Select(known => known.Run).Reverse(), Searches());

        var text = await File.ReadAllTextAsync(Cell, Stop);
        Directory.Delete(Path.Combine(Folder, "data"), recursive: true);
        await EndsAsync(StartTable(searches: 2));
        Assert.Equal(text, await File.ReadAllTextAsync(Cell, Stop));
        Assert.Empty(await RunsAsync());
        Assert.Contains("| breast cancer, MLP | gp |", await File.ReadAllTextAsync(Path.Combine(Folder, "table", "table.md"), Stop), StringComparison.Ordinal);
        Assert.True(File.Exists(Path.Combine(Folder, "table", "table.svg")));
    }

    private LossActorsProcess StartTable(int searches) => Started(LossActorsProcess.StartStudy(
        Folder,
        [
            "table", "--tasks", "breast-cancer", "--methods", "gp", "--searches", $"{searches}", "--seeds", "2", "--output", "table", "--data-dir", "data",
            .. s_quick, "--set", $"search.evaluations={Budget}",
        ]));

    private static async Task EndsAsync(LossActorsProcess table)
    {
        var code = await table.ExitAsync(Stop);
        Assert.True(code == 0, table.Error.Text);
    }

    // Newest first.
    private async Task<(string Run, int Evaluations)[]> RunsAsync() =>
        [.. (await CallAsync("runs", "--json", "--data-dir", "data")).Exits(0).Json.AsArray().Select(run => (run!["run"]!.GetValue<string>(), run["evaluations"]!.GetValue<int>()))];

    private IEnumerable<string> Searches() =>
        JsonNode.Parse(File.ReadAllText(Cell))!["searches"]!.AsArray().Select(search => search!["run"]!.GetValue<string>());
}
