using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>What two thousand candidates cost in memory.</summary>
public sealed class MemoryTests : ProcessTest
{
    private const int Budget = 2000;
    private const int Warm = 200;

    [Fact(Timeout = 2 * Deadline)]
    public async Task Neither_evaluator_nor_main_process_grows_with_the_number_of_candidates()
    {
        using var search = StartSearch(["run", "digits", "--evaluations", $"{Budget}", "--evaluators", "1", .. s_quick]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, Warm);
        var evaluator = Assert.Single(await EvaluatorsAsync(search, run));
        var samples = new List<(int Results, long Evaluator, long Main)>();
        for (var results = Warm; results <= Budget - 50; results += 50)
        {
            await AcknowledgesAsync(search, results);
            samples.Add((results, Resident(evaluator), Resident(search.Os)));
        }

        await CompletesAsync(search);
        foreach (var (results, ofEvaluator, ofMain) in samples)
        {
            Note($"after {results}: evaluator {ofEvaluator / 1024} MiB, main {ofMain / 1024} MiB");
        }

        IsBelow(1.10, "evaluator", [.. samples.Select(s => s.Evaluator)]);
        IsBelow(1.20, "main process", [.. samples.Select(s => s.Main)]);
    }

    // Against every later sample, so that a bulge counts as well as a slope.
    private static void IsBelow(double factor, string who, long[] samples)
    {
        var growth = samples.Max() / (double)samples[0];
        Note($"{who}: {samples[0] / 1024} MiB after {Warm} candidates, at most {samples.Max() / 1024} MiB later ({growth - 1:P1})");
        Assert.True(growth < factor, $"the {who} grew by {growth - 1:P1} after its first {Warm} candidates");
    }

    private static long Resident(OsProcess process) =>
        process.ResidentKib ?? throw new InvalidOperationException($"process {process.Pid} has ended");
}
