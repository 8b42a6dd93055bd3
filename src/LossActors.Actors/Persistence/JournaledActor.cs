using System.Data.Common;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using LossActors.Actors.Control;
using LossActors.Actors.Record;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Persistence;

/// <summary>
/// An actor whose state is the fold of its journal: what was decided is journaled first, then applied, and only then acted on. Now and then it leaves a snapshot,
/// from which recovery begins. A snapshot is a shortcut and nothing else: one that is missing or cannot be read is passed over for the events, which are all kept.
/// </summary>
/// <typeparam name="TEvent">What the journal holds.</typeparam>
internal abstract class JournaledActor<TEvent> : UntypedPersistentActor, IWithTimers
    where TEvent : class, IJournaled
{
    private readonly string _name;
    private readonly ILoggingAdapter _log = Context.GetLogger();
    private readonly SnapshotPace _snapshots;
    private long _snapshot;
    private long _replayed;

    protected JournaledActor(SearchContext context, string persistenceId, string name)
    {
        Peers = context;
        PersistenceId = persistenceId;
        _name = name;
        _snapshots = new SnapshotPace(Context.System.Settings.Config.GetInt("lossactors.snapshot-every", 2000));
    }

    public sealed override string PersistenceId { get; }

    public ITimerScheduler Timers { get; set; } = null!;

    protected SearchContext Peers { get; }

    protected DateTimeOffset Now => Peers.Time.GetUtcNow();

    /// <summary>The state after one more event.</summary>
    protected abstract void Apply(TEvent happened);

    /// <summary>How many events a row holds.</summary>
    protected virtual int Weigh(TEvent row) => 1;

    /// <summary>How many entries a snapshot would hold; 0: always a handful.</summary>
    protected virtual long Size => 0;

    /// <summary>The state as <see cref="JournalSerializer"/> writes it. It is written elsewhere and later, so nothing in it may change.</summary>
    protected abstract object Snapshot();

    /// <summary>Takes the state from a snapshot; throws before it has taken anything if that is no snapshot of its own.</summary>
    protected abstract void Restore(object snapshot);

    /// <summary>The state is the journal's.</summary>
    protected abstract void OnRecovered();

    /// <summary>A message that is not about persistence.</summary>
    protected abstract void OnMessage(object message);

    /// <summary>Journals events, applies them all, then acts. At once where there are none.</summary>
    protected void Persist(IReadOnlyCollection<TEvent> events, Action then)
    {
        var left = events.Count;
        if (left == 0)
        {
            then();
            return;
        }

        PersistAll(events, happened =>
        {
            Apply(happened);
            Journaled(happened);
            if (--left == 0)
            {
                Act(then);
            }
        });
    }

    /// <summary>Journals one row whose outcome is known already, takes the state that it gives, then acts.</summary>
    protected void Persist(TEvent row, Action take, Action then) => base.Persist(row, happened =>
    {
        take();
        Journaled(happened);
        Act(then);
    });

    private void Journaled(TEvent row)
    {
        _snapshots.Add(Weigh(row));
        Peers.Record.Tell(new RecordMessages.Advanced(PersistenceId, LastSequenceNr) { Row = row });
    }

    // Here all that was decided together is applied, and nothing of what may be decided next.
    private void Act(Action then)
    {
        if (_snapshots.IsDue(Size))
        {
            SaveSnapshot(Snapshot());
        }

        then();
    }

    protected sealed override void OnCommand(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                if (_snapshots.Saved(saved.Metadata.SequenceNr) is > 0 and var old)
                {
                    DeleteSnapshots(new SnapshotSelectionCriteria(old));
                }

                break;
            case SaveSnapshotFailure failed:
                _log.Warning("{Actor} could not save a snapshot and goes on without: {Cause}", _name, OneLine(failed.Cause));
                break;
            case DeleteSnapshotsSuccess:
                break;
            case DeleteSnapshotsFailure failed:
                _log.Warning("{Actor} could not delete old snapshots: {Cause}", _name, OneLine(failed.Cause));
                break;
            default:
                OnMessage(message);
                break;
        }
    }

    protected sealed override void OnRecover(object message)
    {
        switch (message)
        {
            case SnapshotOffer offer:
                _snapshot = offer.Metadata.SequenceNr;
                _snapshots.Found(_snapshot);
                break;
            case TEvent happened:
                _replayed++;
                _snapshots.Add(Weigh(happened));
                Apply(happened);
                break;
            case RecoveryCompleted:
                Context.System.EventStream.Publish(new JournalRecovered(PersistenceId, _snapshot, _replayed));
                // A row may be there though its writer was told that it failed: nobody hinted at that one.
                Peers.Record.Tell(new RecordMessages.Advanced(PersistenceId, LastSequenceNr));
                OnRecovered();
                break;
        }
    }

    /// <summary>
    /// Looks at a snapshot before Akka does, which stops an actor for good when its snapshot cannot be read, and replays only what comes after one that was offered,
    /// whether or not the actor could make anything of it. While the database is away it may: the actor is started again, and finds both.
    /// </summary>
    protected sealed override bool AroundReceive(Receive receive, object message) => base.AroundReceive(receive, message switch
    {
        LoadSnapshotFailed failed when !IsAway(failed.Cause) => WithoutSnapshot(failed.Cause, Recovery.ToSequenceNr),
        LoadSnapshotResult { Snapshot.Snapshot: var snapshot } result => Restored(snapshot, result),
        _ => message,
    });

    protected sealed override void OnPersistFailure(Exception cause, object @event, long sequenceNr)
    {
        Peers.Progress.TryWrite(new SearchProgress.Trouble($"{_name} could not write to the journal and tries again: {OneLine(cause)}"));
        base.OnPersistFailure(cause, @event, sequenceNr);
    }

    // A refused event was never written: going on would act on a state that no replay gives.
    protected sealed override void OnPersistRejected(Exception cause, object @event, long sequenceNr) =>
        throw new InvalidOperationException($"The journal refused a {@event.GetType().Name}.", cause);

    private LoadSnapshotResult Restored(object snapshot, LoadSnapshotResult result)
    {
        try
        {
            Restore(snapshot);
            return result;
        }
        catch (Exception e)
        {
            // Whatever is wrong with it: the events say the same, only slower.
            return WithoutSnapshot(e, result.ToSequenceNr);
        }
    }

    private LoadSnapshotResult WithoutSnapshot(Exception cause, long toSequenceNr)
    {
        _log.Warning("{Actor} cannot use its snapshot and replays its whole journal: {Cause}", _name, OneLine(cause));
        return new LoadSnapshotResult(null, toSequenceNr);
    }

    private static bool IsAway(Exception cause) => cause.GetBaseException() is DbException { IsTransient: true } || cause is DbException { IsTransient: true };

    private static string OneLine(Exception cause) => cause.Message.ReplaceLineEndings(" ");
}
