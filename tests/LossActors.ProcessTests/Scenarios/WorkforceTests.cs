using System.Diagnostics;
using System.Globalization;
using LossActors.ProcessTests.Machine;
using Xunit;

namespace LossActors.ProcessTests.Scenarios;

/// <summary>Evaluators that hang, come and go while a search is going on.</summary>
public sealed class WorkforceTests : ProcessTest
{
    // Trainings that take seconds, so that there is always one in the middle, and more of them than can be done meanwhile: the run is cancelled.
    private static readonly string[] s_long = ["run", "digits", "--evaluations", "100000", "--progress", "plain", "--data-dir", "data", "--set", "training.steps=15000", "--set", "refinement.policy=none"];

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
        using var node = await GuestAsync(search);
        var worker = Worker(node);
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

    [Fact(Timeout = Deadline)]
    public async Task An_evaluator_that_joins_in_the_middle_has_work_within_five_seconds_and_one_that_is_drained_finishes_it_first()
    {
        using var search = Start([.. s_long, "--evaluators", "1"]);
        var run = await RunIdAsync(search);
        await UntilAsync(run, _ => Record(run).Evaluations() > 0);
        using var guest = await GuestAsync(search);
        var joined = Stopwatch.StartNew();
        await UntilAsync(run, status => status.Of(guest.Os.Pid) is { State: "busy" });
        Note($"the guest had work {joined.Elapsed.TotalSeconds:F1} s after it said that it had joined");
        Assert.True(joined.Elapsed < TimeSpan.FromSeconds(5));

        (await CallAsync("drain", run, Status(run)!.Of(guest.Os.Pid)!.Node, "--data-dir", "data")).Exits(0);
        Assert.Equal(0, await guest.ExitAsync(Stop));
        Assert.Contains("drained: its work is done and delivered", guest.Error.Text, StringComparison.Ordinal);

        // No lease is left with it, and the search goes on without.
        await UntilAsync(run, status => status.Of(guest.Os.Pid) is null && status.Leased <= 1);
        var evaluations = Record(run).Evaluations();
        await UntilAsync(run, _ => Record(run).Evaluations() > evaluations);
        await CancelAsync(search, run);
    }

    [Fact(Timeout = Deadline)]
    public async Task An_evaluator_that_is_terminated_gives_its_work_back_at_once()
    {
        using var search = Start([.. s_long, "--evaluators", "0"]);
        var run = await RunIdAsync(search);
        using var first = await GuestAsync(search);
        await UntilAsync(run, status => status.Of(first.Os.Pid) is { State: "busy" } && status.Leased > 0);

        first.Os.Send(Signal.Terminate);
        Assert.Equal(143, await first.ExitAsync(Stop));
        var left = Stopwatch.StartNew();
        await UntilAsync(run, status => status is { Leased: 0, Waiting: > 0 } && status.Of(first.Os.Pid) is null);
        Note($"no lease was left {left.Elapsed.TotalSeconds:F1} s after its end");

        // A lease that had to run out would take three times as long. The status is told once a second.
        Assert.True(left.Elapsed < TimeSpan.FromSeconds(5));
        using var second = await GuestAsync(search);
        await UntilAsync(run, _ => Done(run, Worker(second)) > 0);
        await CancelAsync(search, run);
    }

    private async Task CancelAsync(LossActorsProcess search, string run)
    {
        (await CallAsync("cancel", run, "--data-dir", "data")).Exits(0);
        Assert.Equal(1, await search.ExitAsync(Stop));
        Record(run).HasNothingTwice();
        Assert.DoesNotContain(Record(run).Candidates(), c => c.Verdict == "quarantined");
    }

    // Starts the command that the search tells others to join with, and waits until it has joined.
    private async Task<LossActorsProcess> GuestAsync(LossActorsProcess search)
    {
        const string Invitation = "with: lossactors node ";
        Assert.True(await search.Error.UntilAsync(lines => lines.Any(l => l.Contains(Invitation, StringComparison.Ordinal)), Stop));
        var invitation = search.Error.Lines.First(l => l.Contains(Invitation, StringComparison.Ordinal));
        var guest = Start(["node", .. invitation[(invitation.IndexOf(Invitation, StringComparison.Ordinal) + Invitation.Length)..].Split(' ')]);
        Assert.True(await guest.Error.UntilAsync(lines => lines.Any(l => l.StartsWith("joined", StringComparison.Ordinal)), Stop), guest.Error.Text);
        return guest;
    }

    private ReportedStatus? Status(string run) => ReportedStatus.Read(Path.Combine(Folder, "data", "runs", $"{run}.status.json"));

    // The status is replaced about once a second, and so is the record.
    private async Task UntilAsync(string run, Func<ReportedStatus, bool> condition)
    {
        while (Status(run) is not { } status || !condition(status))
        {
            Assert.Equal("running", Record(run).State());
            await Task.Delay(50, Stop);
        }
    }

    private static string Worker(LossActorsProcess node) => string.Create(CultureInfo.InvariantCulture, $"pid {node.Os.Pid} ");

    private int Done(string run, string worker) => Record(run).Candidates().Count(c => c.Worker?.StartsWith(worker, StringComparison.Ordinal) == true);
}
