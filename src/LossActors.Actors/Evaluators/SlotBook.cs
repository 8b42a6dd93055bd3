using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// The slot's half of the lease protocol, without actors, threads and clocks; the broker's half is
/// <see cref="Broker.LeaseBook"/>. One thread does one thing at a time, and cancelling it takes as long as it takes: until it
/// has really stopped, the slot does not call itself free.
/// </summary>
/// <param name="info">Who it is.</param>
/// <param name="target">See <see cref="LeasePace"/>.</param>
internal sealed class SlotBook(SlotInfo info, TimeSpan target)
{
    private readonly LeasePace _pace = new(target);
    private List<SlotEffect> _effects = [];
    private string? _epoch;
    private bool _ready;
    private string? _problem;
    private long _sequence;
    private SlotMessages.Report? _reported;
    private long _seen;
    private SlotMessages.Lease? _lease;
    private LeaseId? _running;
    private bool _wanted;
    private SlotMessages.Result? _result;
    private bool _leaving;
    private bool _retiring;

    /// <summary>The thread is at work.</summary>
    public bool IsRunning => _running is not null;

    /// <summary>It has no work, and no result that the broker does not have.</summary>
    public bool IsFree => _running is null && _lease is null && _result is null;

    /// <summary>The thread was asked to stop and has not yet.</summary>
    public bool IsStopping => _running is not null && !(_wanted && _running == _lease?.Id);

    /// <summary>A broker gives its orders. Those of another epoch than before void all earlier work.</summary>
    public IReadOnlyList<SlotEffect> Enlist(SlotMessages.Enlist orders)
    {
        if (orders.Epoch != _epoch)
        {
            _epoch = orders.Epoch;
            (_ready, _problem, _seen) = (false, null, 0);
            Clear();
            _effects.Add(new SlotEffect.Open(orders));
        }

        return Report();
    }

    /// <summary>The thread has opened the bench of an epoch, or could not.</summary>
    /// <param name="epoch">Which.</param>
    /// <param name="capacity">The most jobs that this bench can do together.</param>
    /// <param name="problem">Why it could not.</param>
    public IReadOnlyList<SlotEffect> Opened(string epoch, Appetite capacity, string? problem)
    {
        if (epoch == _epoch)
        {
            (_ready, _problem) = (problem is null, problem);
            _pace.Begin(capacity);
        }

        return Report();
    }

    /// <summary>A grant. A higher number than seen says that the broker considers all earlier leases as ended.</summary>
    public IReadOnlyList<SlotEffect> Lease(SlotMessages.Lease lease)
    {
        if (lease.Id.Epoch == _epoch && lease.Id.Number > _seen && _ready && !_leaving)
        {
            Clear();
            (_seen, _lease, _wanted) = (lease.Id.Number, lease, true);
            Start();
        }

        return Report();
    }

    /// <summary>The broker wants a lease's result no more.</summary>
    public IReadOnlyList<SlotEffect> Abort(LeaseId id)
    {
        if (_lease?.Id == id)
        {
            Clear();
        }

        return Report();
    }

    /// <summary>The broker has the result of a lease.</summary>
    public IReadOnlyList<SlotEffect> Accepted(LeaseId id)
    {
        if (_result?.Lease == id)
        {
            Clear();
        }

        return Report();
    }

    /// <summary>The thread has stopped working on a lease, with or without being asked to.</summary>
    /// <param name="id">Which.</param>
    /// <param name="findings">One per job, in their order.</param>
    /// <param name="elapsed">How long it took.</param>
    public IReadOnlyList<SlotEffect> Finished(LeaseId id, ImmutableArray<Finding> findings, TimeSpan elapsed)
    {
        if (_running != id)
        {
            return Report();
        }

        _running = null;
        if (_wanted && _lease?.Id == id)
        {
            _pace.Learn(_lease.Jobs[0].Id.Kind, _lease.Jobs.Length, elapsed);
            _result = new SlotMessages.Result(info, id, [.. _lease.Jobs.Zip(findings, (job, finding) => new Answer(job.Id, finding))]);
            _effects.Add(new SlotEffect.Send(_result));
        }
        else if (_wanted)
        {
            Start();
        }
        else
        {
            _lease = null;
        }

        return Report();
    }

    /// <summary>The process shuts down in good order: what is under way goes back to the broker.</summary>
    public IReadOnlyList<SlotEffect> Leave()
    {
        _leaving = true;
        Clear();
        return Report(again: true);
    }

    /// <summary>No more work after what is under way, which is finished and delivered.</summary>
    public IReadOnlyList<SlotEffect> Retire()
    {
        _retiring = true;
        return Report();
    }

    /// <summary>Time has passed: everything that has not been answered is said again.</summary>
    public IReadOnlyList<SlotEffect> Repeat()
    {
        if (_result is not null)
        {
            _effects.Add(new SlotEffect.Send(_result));
        }

        return Report(again: true);
    }

    // An unfinished lease stays named in reports while the thread is still on it.
    private void Clear()
    {
        if (_running is { } running)
        {
            if (_wanted && running == _lease?.Id)
            {
                _effects.Add(new SlotEffect.Cancel());
            }

            _lease = running == _lease?.Id ? _lease : null;
        }
        else
        {
            _lease = null;
        }

        _wanted = false;
        _result = null;
    }

    private void Start()
    {
        if (_running is null && _lease is not null)
        {
            _running = _lease.Id;
            _effects.Add(new SlotEffect.Run(_lease));
        }
    }

    // Reports what has changed. A message that changes nothing is not answered: two sides that answer each other's
    // repetitions would never be silent again.
    private List<SlotEffect> Report(bool again = false)
    {
        var working = !_leaving && (_lease?.Id ?? _running) is { } id && id.Epoch == _epoch ? id.Number : 0;
        var report = new SlotMessages.Report(info, _sequence, _epoch, _ready, _problem, working, _seen, _pace.Appetite, _leaving || _retiring);
        if (again || report != _reported)
        {
            _reported = report with { Sequence = ++_sequence };
            _effects.Add(new SlotEffect.Send(_reported));
        }

        var effects = _effects;
        _effects = [];
        return effects;
    }
}
