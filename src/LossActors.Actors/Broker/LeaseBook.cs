using System.Globalization;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Broker;

/// <summary>
/// The broker's whole knowledge and judgement, without actors and clocks: which jobs wait, which slot holds which lease, which
/// results their owners have not acknowledged. It keeps nothing durable; owners offer again what they still wait for.
/// </summary>
/// <remarks>
/// Every operation takes the time (from any fixed origin, never going back) and returns what to send. Messages may be lost, doubled
/// and reordered both ways. Invariants: one live lease per job; the first answer counts and no other; while work waits, no usable slot
/// is left free.
/// </remarks>
internal sealed class LeaseBook(string epoch, LeaseSettings settings)
{
    private readonly JobBook _jobs = new();
    private readonly SlotRoster _slots = new();
    private List<LeaseEffect> _effects = [];
    private TimeSpan? _lastTick;
    private long _leases;
    private bool _paused;

    public JobBook Jobs => _jobs;

    public IEnumerable<SlotEntry> Slots => _slots.All;

    /// <summary>A job is offered, perhaps not for the first time; its answer goes to this owner from now on.</summary>
    public IReadOnlyList<LeaseEffect> Offer(string owner, Job job, TimeSpan now)
    {
        var entry = _jobs.Offer(owner, job);
        if (entry.Answer is not null)
        {
            Deliver(entry, now);
        }

        return Settle(now);
    }

    /// <summary>The owner has what it wanted, or wants it no more: the job is forgotten, and dropped if it still runs.</summary>
    public IReadOnlyList<LeaseEffect> Acknowledge(JobId job, TimeSpan now)
    {
        if (_jobs.Forget(job) is { } entry)
        {
            Revoke(entry, now);
        }

        return Settle(now);
    }

    /// <summary>A slot says how it stands.</summary>
    public IReadOnlyList<LeaseEffect> Report(SlotMessages.Report report, TimeSpan now)
    {
        if (Recognise(report.Slot, now) is not { } slot || report.Sequence <= slot.Sequence)
        {
            return Settle(now);
        }

        slot.Sequence = report.Sequence;
        slot.LastSeen = now;
        slot.Draining |= report.Leaving;
        if (report.Epoch != epoch)
        {
            slot.Ready = false;
            Release(slot);
            _effects.Add(new LeaseEffect.Enlist(report.Slot));
            return Settle(now);
        }

        slot.Ready = report.Ready;
        slot.Appetite = report.Appetite;
        if (report.Problem is not null && report.Problem != slot.Problem)
        {
            _effects.Add(new LeaseEffect.Refused(report.Slot, report.Problem));
        }

        slot.Problem = report.Problem;
        Reconcile(slot, report, now);
        return Settle(now);
    }

    /// <summary>A slot has finished. Whoever answers first is believed, for a finding depends only on the job; but never across epochs.</summary>
    public IReadOnlyList<LeaseEffect> Result(SlotMessages.Result result, TimeSpan now)
    {
        if (result.Lease.Epoch != epoch)
        {
            _effects.Add(new LeaseEffect.Enlist(result.Slot));
            return Settle(now);
        }

        _effects.Add(new LeaseEffect.Accept(result.Slot, result.Lease));
        var slot = Recognise(result.Slot, now);
        if (slot is not null)
        {
            slot.LastSeen = now;
        }

        if (slot?.Lease == result.Lease.Number)
        {
            Release(slot);
        }

        foreach (var answer in result.Answers)
        {
            if (_jobs.Find(answer.Job) is { Answer: null } entry)
            {
                if (slot is not null)
                {
                    slot.Completed++;
                }

                Answer(entry, answer.Finding, result.Slot.Worker, now);
            }
        }

        return Settle(now);
    }

    /// <summary>Some slots are dead beyond doubt: their process ended or their node left the cluster.</summary>
    public IReadOnlyList<LeaseEffect> Died(Func<SlotInfo, bool> which, TimeSpan now)
    {
        foreach (var slot in _slots.All.Where(s => which(s.Info)).ToList())
        {
            Bury(slot, now);
        }

        return Settle(now);
    }

    /// <summary>Some slots cannot be reached, or can again. No reason to take work away: most such alarms are false.</summary>
    public IReadOnlyList<LeaseEffect> Reachability(Func<SlotInfo, bool> which, bool reachable, TimeSpan now)
    {
        foreach (var slot in _slots.All.Where(s => which(s.Info)))
        {
            slot.Unreachable = !reachable;
        }

        return Settle(now);
    }

    /// <summary>Grants no new leases until told to go on.</summary>
    public IReadOnlyList<LeaseEffect> Pause(bool paused, TimeSpan now)
    {
        _paused = paused;
        return Settle(now);
    }

    /// <summary>Time has passed: leases expire, jobs run past their limit, answers are sent again.</summary>
    public IReadOnlyList<LeaseEffect> Tick(TimeSpan now)
    {
        // A broker that was frozen or starved itself blames nobody for that time.
        var stall = now - (_lastTick ?? now);
        _lastTick = now;
        foreach (var slot in _slots.All)
        {
            slot.Excuse(stall > settings.Tick * 3 ? stall : TimeSpan.Zero);
            Supervise(slot, now);
        }

        foreach (var entry in _jobs.All.Where(j => j.Answer is not null && now - j.Sent >= settings.Resend))
        {
            Deliver(entry, now);
        }

        return Settle(now);
    }

    /// <summary>For whoever asks how things stand.</summary>
    public BrokerMessages.Workforce Workforce(TimeSpan now) => new(
        [.. _slots.All.OrderBy(s => s.Info.Name, StringComparer.Ordinal).Select(s => s.Status(now, settings.Duration))],
        _jobs.Waiting,
        _jobs.Held);

    private SlotEntry? Recognise(SlotInfo info, TimeSpan now) => _slots.Recognise(info, now, dead => Bury(dead, now));

    // Brings what the slot says together with what it was granted. A report that was under way when a grant was sent knows
    // nothing of it (Seen < Lease), and must not be taken for a refusal.
    private void Reconcile(SlotEntry slot, SlotMessages.Report report, TimeSpan now)
    {
        var unaware = report.Seen < slot.Lease;
        if (slot.Lease == 0)
        {
            if (report.Working != 0)
            {
                _effects.Add(new LeaseEffect.Abort(slot.Info, new LeaseId(epoch, report.Working)));
            }
        }
        else if (report.Working != slot.Lease && !unaware)
        {
            Release(slot);
        }
        else if (report.Working == slot.Lease || report.Working == 0)
        {
            Renew(slot, granted: !unaware, now);
        }
    }

    // Also revives a lease that had expired, if nobody else has taken the job meanwhile.
    private void Renew(SlotEntry slot, bool granted, TimeSpan now)
    {
        var wanted = slot.Aborted is null ? _jobs.Of(slot).Where(e => e.Answer is null && (e.Holder ?? slot) == slot).ToList() : [];
        if (wanted.Count > 0)
        {
            wanted.ForEach(entry => _jobs.Hold(entry, slot));
            slot.Expires = now + settings.Duration;
            if (!granted)
            {
                Grant(slot);
            }
        }
        else if (granted)
        {
            Abort(slot, now);
        }
        else
        {
            Release(slot);
        }
    }

    private void Supervise(SlotEntry slot, TimeSpan now)
    {
        var held = _jobs.HeldBy(slot);
        if (held.Count > 0 && now - slot.Granted >= settings.JobLimit)
        {
            var limit = settings.JobLimit.ToString("c", CultureInfo.InvariantCulture);
            if (slot.Jobs.Length == 1)
            {
                Answer(held[0], new Finding.Failed($"timed out after {limit}", false, (now - slot.Granted).TotalSeconds), slot.Info.Worker, now);
            }
            else
            {
                held.ForEach(_jobs.Drop);
                held.ForEach(_jobs.Suspect);
                Abort(slot, now);
            }
        }
        else if (now >= slot.Expires)
        {
            held.ForEach(_jobs.Drop);
        }

        var hangs = now - slot.Aborted >= settings.AbortGrace;
        var silent = now - slot.LastSeen >= settings.SilenceLimit;
        if ((hangs || silent) && !(now - slot.Quit < settings.AbortGrace))
        {
            slot.Quit = now;
            _effects.Add(new LeaseEffect.Quit(slot.Info, hangs ? $"{slot.Task} does not stop" : "it is silent"));
        }
    }

    // Blames the job for the death, unless it was no longer wanted: then the process was perhaps ended on purpose. Of several nobody knows which it was.
    private void Bury(SlotEntry slot, TimeSpan now)
    {
        _slots.Bury(slot);
        var blamed = slot.Aborted is null ? _jobs.Of(slot).Where(e => e.Answer is null).ToList() : [];
        var isShared = slot.Jobs.Length > 1;
        Release(slot);
        foreach (var entry in blamed)
        {
            if (isShared)
            {
                _jobs.Suspect(entry);
            }
            else if (++entry.Deaths >= settings.DeathsToQuarantine)
            {
                var failed = new Finding.Failed($"its evaluator died {entry.Deaths} times", Poisonous: true, (now - slot.Granted).TotalSeconds);
                Answer(entry, failed, slot.Info.Worker, now);
            }
        }
    }

    private void Answer(JobEntry entry, Finding finding, string worker, TimeSpan now)
    {
        _jobs.Answer(entry, new BrokerMessages.Done(entry.Job.Id, finding, worker));
        Revoke(entry, now);
        Deliver(entry, now);
    }

    // Whoever works on it may stop, unless others still want what it works on together with it.
    private void Revoke(JobEntry entry, TimeSpan now)
    {
        if (entry.Holder is { } holder)
        {
            _jobs.Drop(entry);
            if (_jobs.HeldBy(holder).Count == 0)
            {
                Abort(holder, now);
            }
        }
    }

    // The slot is rid of its lease, and its job waits again if it still must.
    private void Release(SlotEntry slot)
    {
        _jobs.HeldBy(slot).ForEach(_jobs.Drop);
        slot.End();
    }

    private void Deliver(JobEntry entry, TimeSpan now)
    {
        entry.Sent = now;
        _effects.Add(new LeaseEffect.Deliver(entry.Owner, entry.Answer!));
    }

    private void Abort(SlotEntry slot, TimeSpan now)
    {
        slot.Aborted ??= now;
        _effects.Add(new LeaseEffect.Abort(slot.Info, new LeaseId(epoch, slot.Lease)));
    }

    private void Grant(SlotEntry slot) =>
        _effects.Add(new LeaseEffect.Grant(slot.Info, new SlotMessages.Lease(new LeaseId(epoch, slot.Lease), slot.Jobs, slot.Attempt)));

    private List<LeaseEffect> Settle(TimeSpan now)
    {
        while (!_paused && _jobs.Waiting > 0 && _slots.Usable(now, settings.Duration, out var slot) is > 0 and var free)
        {
            // What waits is shared out among the slots that are free.
            var entries = _jobs.Take((kind, waiting) => Math.Min(Math.Min(slot!.Appetite.For(kind), settings.LargestCohort), (waiting + free - 1) / free));
            foreach (var entry in entries)
            {
                _jobs.Hold(entry, slot!);
                entry.Attempts++;
            }

            slot!.Begin(++_leases, entries, now, settings.Duration);
            Grant(slot);
        }

        var effects = _effects;
        _effects = [];
        return effects;
    }
}
