using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>What a search refuses, in one line, with nothing lost.</summary>
public sealed class RefusalTests : ProcessTest
{
    private const int Budget = 120;

    [Fact(Timeout = Deadline)]
    public async Task A_run_is_not_resumed_with_other_data_primitives_or_seed_and_is_with_its_own()
    {
        var data = Path.Combine(Folder, "table.csv");
        await File.WriteAllTextAsync(data, Table(), Stop);
        await File.WriteAllTextAsync(
            Path.Combine(Folder, "table.conf"),
            """experiment { name = table, task { dataset = csv, path = "table.csv", target = colour }, network { kind = mlp, hidden = [16] } }""",
            Stop);
        using var search = StartSearch(["run", "table.conf", "--evaluations", $"{Budget}", "--set", "search.islands=2", .. s_shortFinals]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, 10);
        search.Os.Send(Signal.Kill);
        await search.ExitAsync(Stop);
        var evaluations = Record(run).Evaluations();
        Assert.InRange(evaluations, 10, Budget - 1);

        (await ResumeAsync(run, "--seed", "12345")).IsOneLine(4, "seed is 12345, was 1");
        (await ResumeAsync(run, "--set", "search.primitives=[y, f, add, mul, log]")).IsOneLine(4, "primitives");
        var original = await File.ReadAllTextAsync(data, Stop);
        await File.WriteAllTextAsync(data, original.Replace("0.5,", "0.25,", StringComparison.Ordinal), Stop);
        (await ResumeAsync(run)).IsOneLine(4, "data");
        Assert.Equal(evaluations, Record(run).Evaluations());

        var moved = Path.Combine(Folder, "moved.csv");
        File.Delete(data);
        (await ResumeAsync(run)).IsOneLine(2, $"{data}: ");
        await File.WriteAllTextAsync(moved, original.Replace("0.5,", "0.25,", StringComparison.Ordinal), Stop);
        (await ResumeAsync(run, "--set", "task.path=moved.csv")).IsOneLine(4, "data");
        Assert.Equal(evaluations, Record(run).Evaluations());

        // Elsewhere, with the same content.
        await File.WriteAllTextAsync(moved, original, Stop);
        (await ResumeAsync(run, "--set", "task.path=moved.csv")).Exits(0);
        Record(run).IsCompletedOnce(Budget);
        Record(run).Holds(Acknowledged.In(search.Out.Lines));
    }

    [Fact(Timeout = Deadline)]
    public async Task A_device_that_is_not_there_is_told_in_one_line_and_nothing_is_written()
    {
        (await CallAsync("run", "digits", "--set", "evaluation.device=\"cuda:0\"", "--data-dir", "data")).IsOneLine(5, "cuda:0");
        Assert.Empty(Directory.EnumerateFileSystemEntries(Folder));
    }

    private Task<Answer> ResumeAsync(string run, params string[] more) => CallAsync(["resume", run, "--data-dir", "data", .. more]);

    // Two overlapping clouds.
    private static string Table()
    {
        var random = new Random(5);
        return "a,b,colour\n0.5,0.5,red\n" + string.Concat(Enumerable.Range(0, 240).Select(i =>
            FormattableString.Invariant($"{random.NextDouble() + (i % 2 * 0.6):F4},{random.NextDouble():F4},{(i % 2 == 0 ? "red" : "blue")}\n")));
    }
}
