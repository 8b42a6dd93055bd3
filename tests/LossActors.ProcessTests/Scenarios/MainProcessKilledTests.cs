using System.Diagnostics;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>The main process dies without warning, again and again.</summary>
public sealed class MainProcessKilledTests : ProcessTest
{
    private const int Budget = 400;
    private const int Kills = 5;

    [Fact(Timeout = Deadline)]
    public async Task Nothing_acknowledged_is_lost_or_counted_twice_and_no_evaluator_is_left_over()
    {
        var random = Seeded();
        var early = random.Next(Kills);
        var acknowledged = new List<Acknowledged>();
        var run = "";
        for (var life = 0; life <= Kills; life++)
        {
            var clock = Stopwatch.StartNew();
            using var search = StartSearch(life == 0 ? ["run", "digits", "--evaluations", $"{Budget}", .. s_shortFinals] : ["resume", run]);
            if (life == 0)
            {
                run = await RunIdAsync(search);
            }

            if (life < Kills)
            {
                await LiveAsync(search, random, isEarly: life == early);
                search.Os.Send(Signal.Kill);
                await search.ExitAsync(Stop);
                await LeavesNobodyAsync(search);
            }
            else
            {
                await CompletesAsync(search);
                await LeavesNobodyAsync(search);
            }

            var results = Acknowledged.In(search.Out.Lines);
            Note($"life {life}: {clock.Elapsed.TotalSeconds:F1} s, {results.Count} results acknowledged");

            // Each counts on from where the others had come: a result counted twice would show here, a lost one too.
            if (results.Count > 0)
            {
                Assert.True(acknowledged.Count == 0 || results[0].Evaluations > acknowledged[^1].Evaluations);
                Assert.Equal(Enumerable.Range(results[0].Evaluations, results.Count), results.Select(r => r.Evaluations));
            }

            acknowledged.AddRange(results);
            Record(run).Holds(acknowledged);
            Record(run).HasNothingTwice();
        }

        Assert.Equal(acknowledged.Count, acknowledged.Select(r => r.Candidate).Distinct().Count());
        Record(run).IsCompletedOnce(Budget);
        await VerifiesAsync(run);
    }

    // Once while it is still starting, else some way into its work.
    private static async Task LiveAsync(LossActorsProcess search, Random random, bool isEarly)
    {
        var results = isEarly ? 0 : random.Next(1, 60);
        var rest = random.Next(isEarly ? 2500 : 250);
        await AcknowledgesAsync(search, results);
        await Task.Delay(rest, Stop);
    }
}
