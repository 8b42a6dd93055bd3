using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>Evaluators die: by themselves, by somebody's hand, or by what they evaluate.</summary>
public sealed class EvaluatorsKilledTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task A_search_whose_evaluators_are_killed_ten_times_ends_by_itself_at_its_budget()
    {
        const int Kills = 10;
        const int Budget = 1_500;
        using var search = StartSearch(["run", "digits", "--evaluations", $"{Budget}", .. s_shortFinals]);
        var run = await RunIdAsync(search);
        var killed = new HashSet<OsProcess>();
        while (killed.Count < Kills)
        {
            await AcknowledgesAsync(search, killed.Count * 10);
            Assert.True(Record(run).State() == "running", $"the run was over after {killed.Count} kills; Budget is too small for this machine");
            var victims = (await EvaluatorsAsync(search, run)).Except(killed).ToList();
            if (victims.Count > 0 && victims[killed.Count % victims.Count] is var victim && victim.Send(Signal.Kill))
            {
                killed.Add(victim);
            }
        }

        await CompletesAsync(search);
        await LeavesNobodyAsync(search);
        Note($"killed {string.Join(", ", killed.Select(k => k.Pid))}");
        Record(run).Holds(Acknowledged.In(search.Out.Lines));
        Record(run).IsCompletedOnce(Budget);
        await VerifiesAsync(run);
    }

    [Fact(Timeout = Deadline)]
    public async Task A_candidate_that_kills_its_evaluator_three_times_is_quarantined_and_the_search_goes_on()
    {
        // The first trees of an island depend on nothing but the seed, so a short run finds one that the next run proposes again.
        string[] settings = ["--seed", "11", .. s_quick];
        using var scout = StartSearch(["run", "digits", "--evaluations", "40", .. settings], "scout");
        var poison = await PoisonAsync(scout);

        using var search = StartSearch(["run", "digits", "--evaluations", "160", .. settings], "data", ("LOSSACTORS_FAULTS", $"kill={poison.Expression}"));
        var run = await RunIdAsync(search);
        await CompletesAsync(search);
        await LeavesNobodyAsync(search);

        Record(run).IsCompletedOnce(160);
        var quarantined = Record(run).Candidates().Where(c => c.Verdict == "quarantined").ToList();
        Note($"quarantined: {string.Join(", ", quarantined.Select(c => $"{c.Id} {c.Expression}: {c.Reason}"))}");
        Assert.Contains(quarantined, c => c.Id == poison.Id);
        Assert.All(quarantined, c => Assert.Equal((poison.Expression, "its evaluator died 3 times"), (c.Expression, c.Reason)));
        await VerifiesAsync(run);
    }

    private async Task<RecordedRun.Candidate> PoisonAsync(LossActorsProcess scout)
    {
        await CompletesAsync(scout);
        return Record(scout.Out.Lines[0], "scout").Candidates().First(c => c is { Origin: "initial", Verdict: "trained" });
    }
}
