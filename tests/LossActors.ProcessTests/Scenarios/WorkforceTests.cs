using System.Globalization;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>Evaluators that hang, come and go while a search is going on.</summary>
public sealed class WorkforceTests : ProcessTest
{
    [Fact(Timeout = Deadline)]
    public async Task Every_island_records_verdicts_while_an_evaluator_is_frozen_for_twenty_seconds()
    {
        const int Budget = 700;
        using var search = StartSearch(["run", "digits", "--evaluations", $"{Budget}", .. s_shortFinals]);
        var run = await RunIdAsync(search);
        await AcknowledgesAsync(search, 40);
        var evaluators = await EvaluatorsAsync(search, run);
        Assert.Equal(2, evaluators.Count);

        var frozen = evaluators[0];
        Assert.True(frozen.Send(Signal.Freeze));
        var before = Record(run).VerdictsByIsland();
        await Task.Delay(TimeSpan.FromSeconds(20), Stop);
        var after = Record(run).VerdictsByIsland();
        var state = Record(run).State();
        frozen.Send(Signal.Thaw);

        var meanwhile = after.Select(i => i.Value - before.GetValueOrDefault(i.Key)).ToList();
        Note($"verdicts per island in 20 s with one of two evaluators frozen: {string.Join(", ", meanwhile)}");
        Assert.Equal("running", state);
        Assert.Equal(4, meanwhile.Count);
        Assert.All(meanwhile, verdicts => Assert.True(verdicts > 0));
        await CompletesAsync(search);
        await LeavesNobodyAsync(search);
        Record(run).IsCompletedOnce(Budget);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_evaluator_started_by_hand_takes_work_and_its_death_costs_none()
    {
        const int Budget = 300;
        using var search = Start(["run", "digits", "--evaluations", $"{Budget}", "--evaluators", "1", "--progress", "plain", "--data-dir", "data", .. s_shortFinals]);
        var run = await RunIdAsync(search);
        const string Invitation = "join with: lossactors ";
        Assert.True(await search.Error.UntilAsync(lines => lines.Any(l => l.Contains(Invitation, StringComparison.Ordinal)), Stop));
        var invitation = search.Error.Lines.First(l => l.Contains(Invitation, StringComparison.Ordinal));

        using var node = Start(invitation[(invitation.IndexOf(Invitation, StringComparison.Ordinal) + Invitation.Length)..].Split(' '));
        var worker = string.Create(CultureInfo.InvariantCulture, $"pid {node.Os.Pid} ");
        while (Done(run, worker) < 5)
        {
            Assert.Equal("running", Record(run).State());
            await Task.Delay(100, Stop);
        }

        Assert.Contains(
            (await CallAsync("show", run, "--json", "--data-dir", "data")).Exits(0).Json["evaluators"]!.AsArray(),
            e => e!["pid"]!.GetValue<int>() == node.Os.Pid);
        node.Os.Send(Signal.Kill);
        Assert.Equal("running", Record(run).State());
        await CompletesAsync(search);
        Note($"{Done(run, worker)} of {Budget} candidates judged by the node started by hand");
        Record(run).IsCompletedOnce(Budget);
        await VerifiesAsync(run);
    }

    private int Done(string run, string worker) => Record(run).Candidates().Count(c => c.Worker?.StartsWith(worker, StringComparison.Ordinal) == true);
}
