using System.Collections.Immutable;
using LossActors.Actors.Broker;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions;
using LossActors.Expressions.Parsing;
using Xunit;

namespace LossActors.Actors.Tests.Broker;

public sealed class LeaseBookTests
{
    private static readonly LeaseSettings s_settings = new() { JobLimit = TimeSpan.FromMinutes(1) };
    private readonly LeaseBook _book = new("e", s_settings);
    private long _sequence;

    [Fact]
    public void Owners_are_served_in_turn_and_each_owners_oldest_candidate_first()
    {
        Offer("a", Id(JobKind.Screen, 0, 3));
        Offer("a", Id(JobKind.Screen, 0, 4));
        Offer("a", Id(JobKind.Train, 0, 1));
        Offer("b", Id(JobKind.Screen, 1, 9));
        Offer("c", Id(JobKind.Screen, 2, 5));
        var slots = Enumerable.Range(0, 5).Select(i => Slot(i)).ToList();
        var granted = slots.Select(s => Granted(Ready(s, At(0))).Jobs.Single().Id).ToList();
        Assert.Equal(
            [Id(JobKind.Train, 0, 1), Id(JobKind.Screen, 1, 9), Id(JobKind.Screen, 2, 5), Id(JobKind.Screen, 0, 3), Id(JobKind.Screen, 0, 4)],
            granted);
    }

    [Fact]
    public void A_job_that_loses_its_evaluator_three_times_is_quarantined()
    {
        var job = Offer("a", Id(JobKind.Train, 0, 1));
        for (var life = 1; life <= 3; life++)
        {
            var slot = Slot(0, life);
            Assert.Equal(life, Granted(Ready(slot, At(life))).Attempt);
            var effects = _book.Died(s => s == slot, At(life));
            var answers = effects.OfType<LeaseEffect.Deliver>().Select(d => d.Done.Finding).ToList();
            Assert.Equal(life == 3 ? [true] : Array.Empty<bool>(), answers.Select(f => ((Finding.Failed)f).Poisonous));
        }

        Assert.Empty(Ready(Slot(0, 4), At(9)).OfType<LeaseEffect.Grant>());
        Assert.NotNull(_book.Jobs.Find(job)!.Answer);
    }

    [Fact]
    public void A_slot_that_leaves_in_good_order_gives_its_job_back_without_blame()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        var slot = Slot(0);
        var lease = Granted(Ready(slot, At(0)));
        Say(slot, At(1), working: 0, seen: lease.Id.Number, leaving: true);
        _book.Died(s => s == slot, At(2));
        var entry = _book.Jobs.All.Single();
        Assert.Equal((0, null), (entry.Deaths, entry.Holder));
        Assert.Equal(1, _book.Jobs.Waiting);
    }

    [Fact]
    public void A_lease_that_is_not_renewed_goes_to_another_slot_and_the_first_result_counts()
    {
        var job = Offer("a", Id(JobKind.Train, 0, 1));
        var (slow, other) = (Slot(0), Slot(1));
        var first = Granted(Ready(slow, At(0)));
        _book.Tick(At(11));
        Ready(other, At(11));
        Assert.Equal(0, _book.Jobs.Waiting);
        var second = Granted(Ticks(11, 13));
        Assert.Equal((2, first.Jobs.Single()), (second.Attempt, second.Jobs.Single()));

        var effects = _book.Result(new SlotMessages.Result(slow, first.Id, [new Answer(job, new Finding.Trained([1], 1, false, 1))]), At(14));
        Assert.Single(effects.OfType<LeaseEffect.Deliver>());
        Assert.Equal(second.Id, effects.OfType<LeaseEffect.Abort>().Single().Lease);
        effects = _book.Result(new SlotMessages.Result(other, second.Id, [new Answer(job, new Finding.Trained([2], 1, false, 1))]), At(15));
        Assert.Empty(effects.OfType<LeaseEffect.Deliver>());
        Assert.Single(effects.OfType<LeaseEffect.Accept>());
    }

    [Fact]
    public void A_lease_that_expired_revives_when_nobody_else_took_the_job()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        var slot = Slot(0);
        var lease = Granted(Ready(slot, At(0)));
        Ticks(0, 13);
        Assert.Equal(1, _book.Jobs.Waiting);
        Assert.Empty(Say(slot, At(14), working: lease.Id.Number, seen: lease.Id.Number).OfType<LeaseEffect.Abort>());
        Assert.Equal((0, 1), (_book.Jobs.Waiting, _book.Jobs.Held));
    }

    [Fact]
    public void A_job_over_its_limit_fails_and_a_slot_that_does_not_stop_is_ended()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        var slot = Slot(0);
        var lease = Granted(Ready(slot, At(0)));
        var effects = new List<LeaseEffect>();
        for (var second = 1; second <= 71; second++)
        {
            effects.AddRange(Say(slot, At(second), working: lease.Id.Number, seen: lease.Id.Number));
            effects.AddRange(_book.Tick(At(second)));
        }

        var failed = Assert.IsType<Finding.Failed>(effects.OfType<LeaseEffect.Deliver>().First().Done.Finding);
        Assert.Equal((false, "timed out after 00:01:00"), (failed.Poisonous, failed.Reason));
        Assert.NotEmpty(effects.OfType<LeaseEffect.Abort>());
        Assert.Single(effects.OfType<LeaseEffect.Quit>());
    }

    [Fact]
    public void A_lease_brings_jobs_that_are_alike_and_as_many_as_the_slot_wants()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        Offer("a", Id(JobKind.Screen, 0, 2));
        Offer("a", Id(JobKind.Train, 0, 3));
        Offer("b", Id(JobKind.Train, 1, 7));
        Offer("b", Id(JobKind.Train, 1, 8));
        _book.Offer("a", new Job(new JobId(JobKind.Measure, new(0, 1), 5), null, 5), At(0));
        Assert.Equal([Id(JobKind.Train, 0, 1), Id(JobKind.Train, 1, 7), Id(JobKind.Train, 0, 3)], Granted(Ready(Slot(0), At(0), appetite: 3)).Jobs.Select(j => j.Id));
        Assert.Equal([Id(JobKind.Train, 1, 8)], Granted(Ready(Slot(1), At(0), appetite: 3)).Jobs.Select(j => j.Id));
    }

    [Fact]
    public void A_lease_holds_no_more_nodes_than_the_largest_expression()
    {
        var nodes = ImmutableArray.CreateBuilder<Node>();
        nodes.AddRange(Enumerable.Repeat(new Node(Primitive.Abs), (ExpressionLimits.MaxNodes / 2) - 3));
        nodes.AddRange(new Node(Primitive.Sub), new Node(Primitive.Y), new Node(Primitive.F));
        for (var birth = 1; birth <= 3; birth++)
        {
            _book.Offer("a", new Job(Id(JobKind.Train, 0, birth), new Expression(nodes.ToImmutable())), At(0));
        }

        Assert.Equal([1, 2], Granted(Ready(Slot(0), At(0), appetite: 9)).Jobs.Select(j => j.Id.Candidate.Birth));
    }

    [Fact]
    public void What_waits_is_shared_out_among_the_slots_that_are_free()
    {
        _book.Pause(true, At(0));
        Ready(Slot(0), At(0), appetite: 9);
        Ready(Slot(1), At(0), appetite: 9);
        for (var birth = 1; birth <= 5; birth++)
        {
            Offer("a", Id(JobKind.Train, 0, birth));
        }

        Assert.Equal([3, 2], _book.Pause(false, At(0)).OfType<LeaseEffect.Grant>().Select(g => g.Lease.Jobs.Length));
    }

    [Fact]
    public void A_broker_with_cohorts_of_one_grants_one_job_whatever_a_slot_wants()
    {
        var book = new LeaseBook("e", s_settings with { LargestCohort = 1 });
        book.Offer("a", new Job(Id(JobKind.Train, 0, 1), null), At(0));
        book.Offer("a", new Job(Id(JobKind.Train, 0, 2), null), At(0));
        Assert.Single(Granted(book.Report(new SlotMessages.Report(Slot(0), 1, "e", true, null, 0, 0, new Appetite(9, 9, 9)), At(0))).Jobs);
    }

    [Fact]
    public void When_a_shared_lease_kills_its_evaluator_each_job_is_tried_alone_and_only_the_killer_is_quarantined()
    {
        var (killer, victim) = (Offer("a", Id(JobKind.Train, 0, 1)), Offer("a", Id(JobKind.Train, 0, 2)));
        var slot = Slot(0);
        Assert.Equal(2, Granted(Ready(slot, At(0), appetite: 4)).Jobs.Length);
        _book.Died(s => s == slot, At(1));
        for (var life = 2; life <= 4; life++)
        {
            slot = Slot(0, life);
            Assert.Equal(killer, Granted(Ready(slot, At(life), appetite: 4)).Jobs.Single().Id);
            _book.Died(s => s == slot, At(life));
        }

        Assert.True(((Finding.Failed)_book.Jobs.Find(killer)!.Answer!.Finding).Poisonous);
        Assert.Equal(victim, Granted(Ready(Slot(0, 5), At(5), appetite: 4)).Jobs.Single().Id);
        Assert.Equal(0, _book.Jobs.Find(victim)!.Deaths);
    }

    [Fact]
    public void A_shared_lease_over_the_limit_fails_nobody_until_it_is_known_who_hangs()
    {
        var (first, second) = (Offer("a", Id(JobKind.Train, 0, 1)), Offer("a", Id(JobKind.Train, 0, 2)));
        var slot = Slot(0);
        var lease = Granted(Ready(slot, At(0), appetite: 4));
        var effects = new List<LeaseEffect>();
        for (var tick = 1; tick <= 61; tick++)
        {
            effects.AddRange(Say(slot, At(tick), working: lease.Id.Number, seen: lease.Id.Number, appetite: 4));
            effects.AddRange(_book.Tick(At(tick)));
        }

        Assert.Empty(effects.OfType<LeaseEffect.Deliver>());
        Assert.Equal(lease.Id, effects.OfType<LeaseEffect.Abort>().First().Lease);
        Assert.Equal(2, _book.Jobs.Waiting);
        Assert.Equal(first, Granted(Say(slot, At(62), working: 0, seen: lease.Id.Number, appetite: 4)).Jobs.Single().Id);
        Assert.Equal(second, Granted(Ready(Slot(1), At(62), appetite: 4)).Jobs.Single().Id);
    }

    [Fact]
    public void A_shared_lease_goes_on_while_anyone_wants_one_of_its_results()
    {
        var (first, second) = (Offer("a", Id(JobKind.Train, 0, 1)), Offer("b", Id(JobKind.Train, 1, 1)));
        var lease = Granted(Ready(Slot(0), At(0), appetite: 4));
        Assert.Empty(_book.Acknowledge(first, At(1)).OfType<LeaseEffect.Abort>());
        Assert.Equal(lease.Id, _book.Acknowledge(second, At(1)).OfType<LeaseEffect.Abort>().Single().Lease);
    }

    [Fact]
    public void A_broker_that_was_frozen_blames_nobody()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        Ready(Slot(0), At(0));
        _book.Tick(At(1));
        _book.Tick(At(300));
        Assert.Equal((0, 1), (_book.Jobs.Waiting, _book.Jobs.Held));
    }

    [Fact]
    public void An_unreachable_slot_keeps_its_lease_and_gets_no_other()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        Offer("a", Id(JobKind.Train, 0, 2));
        var (busy, cutOff) = (Slot(0), Slot(1));
        var lease = Granted(Ready(busy, At(0)));
        _book.Reachability(_ => true, reachable: false, At(1));
        Assert.Equal(1, _book.Jobs.Held);
        var effects = _book.Result(new SlotMessages.Result(busy, lease.Id, [new Answer(lease.Jobs.Single().Id, new Finding.Trained([1], 1, false, 1))]), At(2));
        Assert.Empty(effects.OfType<LeaseEffect.Grant>());
        Assert.Single(_book.Reachability(_ => true, reachable: true, At(3)).OfType<LeaseEffect.Grant>());
        Assert.Empty(Ready(cutOff, At(4)).OfType<LeaseEffect.Grant>());
    }

    [Fact]
    public void Results_and_reports_of_another_epoch_are_answered_with_this_ones_orders_only()
    {
        var job = Offer("a", Id(JobKind.Train, 0, 1));
        var slot = Slot(0);
        var stale = _book.Result(new SlotMessages.Result(slot, new LeaseId("old", 1), [new Answer(job, new Finding.Trained([1], 1, false, 1))]), At(0));
        Assert.Equal([new LeaseEffect.Enlist(slot)], stale);
        var report = _book.Report(new SlotMessages.Report(slot, 1, "old", true, null, 1, 1, new Appetite()), At(0));
        Assert.Equal([new LeaseEffect.Enlist(slot)], report);
        Assert.Equal(1, _book.Jobs.Waiting);
    }

    [Fact]
    public void While_paused_nothing_is_granted()
    {
        Offer("a", Id(JobKind.Train, 0, 1));
        _book.Pause(true, At(0));
        Assert.Empty(Ready(Slot(0), At(0)).OfType<LeaseEffect.Grant>());
        Assert.Single(_book.Pause(false, At(1)).OfType<LeaseEffect.Grant>());
    }

    [Fact]
    public void An_answer_is_sent_until_it_is_acknowledged_and_always_to_the_last_owner()
    {
        var job = Offer("a", Id(JobKind.Train, 0, 1));
        var slot = Slot(0);
        var lease = Granted(Ready(slot, At(0)));
        _book.Tick(At(0));
        _book.Result(new SlotMessages.Result(slot, lease.Id, [new Answer(job, new Finding.Trained([1], 1, false, 1))]), At(1));
        Assert.Equal("b", _book.Offer("b", lease.Jobs.Single(), At(2)).OfType<LeaseEffect.Deliver>().Single().Owner);
        Assert.Equal("b", Ticks(2, 7).OfType<LeaseEffect.Deliver>().Single().Owner);
        _book.Acknowledge(job, At(8));
        Assert.Empty(Ticks(8, 20).OfType<LeaseEffect.Deliver>());
    }

    private static TimeSpan At(int second) => TimeSpan.FromSeconds(second);

    private static JobId Id(JobKind kind, int island, int birth) => new(kind, new CandidateId(island, birth));

    private static SlotInfo Slot(int number, long life = 1) => new($"node{number}/0", life, number, "box", "cpu");

    private static SlotMessages.Lease Granted(IEnumerable<LeaseEffect> effects) => effects.OfType<LeaseEffect.Grant>().Single().Lease;

    private JobId Offer(string owner, JobId id)
    {
        _book.Offer(owner, new Job(id, null), At(0));
        return id;
    }

    private IReadOnlyList<LeaseEffect> Ready(SlotInfo slot, TimeSpan now, int appetite = 1) => Say(slot, now, 0, 0, appetite: appetite);

    private IReadOnlyList<LeaseEffect> Say(SlotInfo slot, TimeSpan now, long working, long seen, bool leaving = false, int appetite = 1) =>
        _book.Report(new SlotMessages.Report(slot, ++_sequence, "e", true, null, working, seen, new Appetite(appetite, appetite, appetite), leaving), now);

    private List<LeaseEffect> Ticks(int from, int to) =>
        [.. Enumerable.Range(from, to - from + 1).SelectMany(second => _book.Tick(At(second)))];
}
