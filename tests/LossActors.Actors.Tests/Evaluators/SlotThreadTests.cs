using System.Collections.Concurrent;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Actors.TestNode;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions.Parsing;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Evaluators;

public sealed class SlotThreadTests
{
    private static readonly SlotMessages.Enlist s_orders = new("e", new EvaluationProtocol(), "hash", "data");
    private readonly BlockingCollection<object> _told = [];

    [Fact]
    public void A_bench_that_cannot_be_opened_is_told_in_one_line_and_the_thread_goes_on()
    {
        using var thread = new SlotThread("test", new SyntheticBenches(TimeSpan.Zero), "none", 1, TimeProvider.System, _told.Add);
        thread.Open(s_orders);
        Assert.Equal(new SlotThread.Opened("e", new Appetite(), "There is no device 'none'."), Told<SlotThread.Opened>());
        thread.Run(Lease(1, JobKind.Train, "sub(y, f)"));
        Assert.IsType<Finding.Failed>(Told<SlotThread.Finished>().Findings.Single());
    }

    [Fact]
    public void Each_kind_of_job_is_answered_in_kind()
    {
        using var thread = new SlotThread("test", new SyntheticBenches(TimeSpan.Zero), "cpu", 1, TimeProvider.System, _told.Add);
        thread.Open(s_orders);
        Assert.Null(Told<SlotThread.Opened>().Problem);
        (JobKind Kind, Type Answer)[] kinds =
        [
            (JobKind.Screen, typeof(Finding.Screened)), (JobKind.Train, typeof(Finding.Trained)), (JobKind.Measure, typeof(Finding.Trained)),
            (JobKind.Refine, typeof(Finding.Refined)), (JobKind.Baseline, typeof(Finding.Trained)),
        ];
        foreach (var (kind, answer) in kinds)
        {
            thread.Run(Lease(1, kind, "sub(y, f)"));
            Assert.IsType(answer, Told<SlotThread.Finished>().Findings.Single());
        }
    }

    [Fact]
    public void A_candidate_that_fails_takes_no_other_of_its_lease_with_it()
    {
        using var thread = new SlotThread("test", new SyntheticBenches(TimeSpan.Zero, fails: "sub(y, f)"), "cpu", 1, TimeProvider.System, _told.Add);
        thread.Open(s_orders);
        Told<SlotThread.Opened>();
        thread.Run(Lease(1, JobKind.Train, "add(y, f)", "sub(y, f)", "mul(y, f)"));
        Assert.Equal([typeof(Finding.Trained), typeof(Finding.Failed), typeof(Finding.Trained)], Told<SlotThread.Finished>().Findings.Select(f => f.GetType()));
    }

    [Fact]
    public void A_cancelled_job_stops_and_is_a_failure()
    {
        using var thread = new SlotThread("test", new SyntheticBenches(TimeSpan.FromMinutes(5)), "cpu", 1, TimeProvider.System, _told.Add);
        thread.Open(s_orders);
        Told<SlotThread.Opened>();
        thread.Run(Lease(1, JobKind.Train, "sub(y, f)"));
        thread.Cancel();
        Assert.IsType<Finding.Failed>(Told<SlotThread.Finished>().Findings.Single());
    }

    private static SlotMessages.Lease Lease(long number, JobKind kind, params string[] expressions) =>
        new(new LeaseId("e", number), [.. expressions.Select((e, i) => new Job(new JobId(kind, new CandidateId(0, i + 1)), ExpressionParser.Parse(e)))], 1);

    private T Told<T>()
    {
        Assert.True(_told.TryTake(out var message, TimeSpan.FromSeconds(30)));
        return Assert.IsType<T>(message);
    }
}
