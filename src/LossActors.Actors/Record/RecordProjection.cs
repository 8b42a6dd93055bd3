using System.Threading.Channels;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Record;

/// <summary>
/// Carries the journal into the record: rows that come with the hint that the journal has them, and whatever else it has as read from it.
/// It also tells progress: what it has committed is in the journal and in the tables, so it may be called acknowledged.
/// While the database is away it waits, with all that it was told, and goes on behind the last row that the tables have.
/// </summary>
internal sealed class RecordProjection : UntypedActor, IWithTimers, IDisposable
{
    // Rows per transaction: SQLite has one writer, and the journal waits meanwhile.
    private const int Together = 128;

    // Rows kept at hand; beyond, they are read again when their turn comes.
    private const int AtHand = 4096;

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(0.2);
    private static readonly TimeSpan s_longestPatience = TimeSpan.FromSeconds(5);

    private readonly Database _database;
    private readonly ChannelWriter<SearchProgress> _progress;
    private readonly string _run;
    private readonly Dictionary<string, Backlog> _backlogs;
    private readonly List<(IActorRef Asker, object Until)> _waiting = [];
    private RecordWriter? _writer;
    private JournalReader? _journal;
    private SearchProgress.StateChanged? _state;
    private bool _isWriting;
    private int _evaluations;
    private int _trained;
    private TimeSpan _patience = s_patience;

    /// <param name="database">Where journal and record are.</param>
    /// <param name="run">The run.</param>
    /// <param name="journals">Persistence ids; the run's own comes last, so that it is not complete before its islands.</param>
    /// <param name="progress">Where progress is told.</param>
    public RecordProjection(Database database, string run, IReadOnlyList<string> journals, ChannelWriter<SearchProgress> progress)
    {
        _database = database;
        _run = run;
        _progress = progress;
        _backlogs = journals.ToDictionary(j => j, _ => new Backlog());
        Journals = journals;
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private IReadOnlyList<string> Journals { get; set; }

    private sealed record WriteNext
    {
        public static WriteNext Instance { get; } = new();
    }

    private sealed record Reopen
    {
        public static Reopen Instance { get; } = new();
    }

    protected override void PreStart() => Guarded(Open);

    /// <summary>Called by Akka when the actor has stopped.</summary>
    public void Dispose()
    {
        _journal?.Dispose();
        _writer?.Dispose();
        (_journal, _writer) = (null, null);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RecordMessages.Advanced hint when _backlogs.ContainsKey(hint.PersistenceId):
                _backlogs[hint.PersistenceId].Grow(hint.SequenceNr, _backlogs.Values.Sum(b => b.Count) < AtHand ? hint.Row : null);
                break;
            case RecordMessages.Follow follow:
                if (_backlogs.TryAdd(follow.PersistenceId, new Backlog()))
                {
                    Journals = [follow.PersistenceId, .. Journals];
                }

                break;
            case RecordMessages.CatchUp question:
                // A hint may have been lost on its way from another node, so here the journal itself is asked.
                _waiting.Add((Sender, question.Until));
                Guarded(LookAhead);
                break;
            case Reopen:
                Guarded(Open);
                break;
            case WriteNext:
                _isWriting = false;
                Guarded(Write);
                break;
        }

        Guarded(Continue);
    }

    private void Open()
    {
        _writer = new RecordWriter(_database);
        _journal = new JournalReader(_database);
        (_evaluations, _trained) = _writer.Counts(_run);
        LookAhead();
        Continue();
    }

    private void LookAhead()
    {
        foreach (var journal in _journal is null ? [] : Journals)
        {
            _backlogs[journal].Grow(_journal!.HighestSequenceNr(journal), row: null);
        }
    }

    // Whatever is wrong: what is not in the record can be read from the journal again, and whoever waits for it goes on waiting.
    private void Guarded(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            if (_patience == s_patience)
            {
                _progress.TryWrite(new SearchProgress.Trouble($"The record could not be written and is tried again: {e.Message.ReplaceLineEndings(" ")}"));
            }

            Dispose();
            _isWriting = false;
            Timers.StartSingleTimer(Reopen.Instance, Reopen.Instance, _patience);
            _patience = 2 * _patience < s_longestPatience ? 2 * _patience : s_longestPatience;
        }
    }

    private bool IsBehind(string journal) => _backlogs[journal].Until > _writer!.Offset(journal);

    private void Continue()
    {
        if (_isWriting || _writer is null)
        {
            return;
        }

        if (Journals.Any(IsBehind))
        {
            // To itself, behind the hints that wait already: they all go into one transaction.
            _isWriting = true;
            Self.Tell(WriteNext.Instance);
            return;
        }

        _patience = s_patience;
        _waiting.ForEach(w => w.Asker.Tell(new RecordMessages.CaughtUp(w.Until)));
        _waiting.Clear();
    }

    // Never further than the hints, even if there is more: the run's end must not show before what its islands hinted at.
    private void Write()
    {
        var batch = new List<(string, IEnumerable<(long, object)>)>();
        var room = Together;
        foreach (var journal in Journals.Where(IsBehind))
        {
            var (backlog, offset) = (_backlogs[journal], _writer!.Offset(journal));
            var rows = backlog.Take(offset, room, (after, until) => _journal!.Rows(journal, after, until));
            batch.Add((journal, rows));
            room -= rows.Count;
            if (room <= 0 || rows[^1].Number < backlog.Until)
            {
                break;
            }
        }

        foreach (var recorded in _writer!.Write(batch))
        {
            Tell(recorded);
        }

        _patience = s_patience;
    }

    private void Tell(Recorded recorded)
    {
        SearchProgress? progress = recorded.Event switch
        {
            JournaledIslandEvent { Event: IslandEvent.Judged } when recorded.Candidate is { } candidate => Judged(candidate),
            RunEvent.Learned when recorded.Candidate is { } learned => Judged(learned),
            JournaledIslandEvent { Event: IslandEvent.MigrantsAdmitted { Accepted.IsEmpty: false } e } =>
                new SearchProgress.Migrated(e.From, JournalId.Parse(recorded.Journal).Island!.Value, [.. e.Accepted.Select(m => m.Id)]),
            RunEvent.BaselineMeasured e => new SearchProgress.BaselineMeasured(e.LearningRate, e.Fitness.IsEmpty ? null : e.Fitness.Average()),
            RunEvent.ReplicatesMeasured e => new SearchProgress.FinalistMeasured(e.Candidate, e.Fitness.IsEmpty ? null : e.Fitness.Average()),
            RunEvent.Amended e => new SearchProgress.Amended(e.Number, e.Description),
            RunEvent.Injected e => new SearchProgress.Amended(e.Number, e.Description),
            RunEvent.Started or RunEvent.EpochStarted or RunEvent.Resumed or RunEvent.BudgetRaised or RunEvent.Paused or RunEvent.Stopping or RunEvent.FinalsBegan
                or RunEvent.Completed or RunEvent.Cancelled or RunEvent.Failed => State(),
            _ => null,
        };
        if (progress is SearchProgress.StateChanged state)
        {
            // Several events of one batch may lead to it: a run is founded and taken over at once.
            if (state == _state)
            {
                return;
            }

            _state = state;
        }

        if (progress is not null)
        {
            _progress.TryWrite(progress);
        }
    }

    private SearchProgress.CandidateJudged Judged(CandidateRow candidate)
    {
        _evaluations++;
        _trained += candidate.Verdict == Words.Of(Verdict.Trained) ? 1 : 0;
        return new SearchProgress.CandidateJudged(candidate, _evaluations, _trained);
    }

    private SearchProgress.StateChanged State()
    {
        var (state, reason) = _writer!.State(_run);
        return new SearchProgress.StateChanged(state, reason);
    }
}
