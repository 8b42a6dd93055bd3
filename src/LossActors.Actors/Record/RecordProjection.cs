using System.Threading.Channels;
using Akka.Actor;
using Akka.Persistence.Query;
using Akka.Persistence.Sql.Query;
using Akka.Streams;
using Akka.Streams.Dsl;
using LossActors.Actors.Control;
using LossActors.Actors.Islands;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Record;

/// <summary>
/// Carries the journal into the record. It reads what was journaled, never what someone says was journaled; hints only tell it where to look.
/// It also tells progress: what it has committed is in the journal and in the tables, so it may be called acknowledged.
/// </summary>
internal sealed class RecordProjection : UntypedActor, IDisposable
{
    private readonly DataFolder _folder;
    private readonly ChannelWriter<SearchProgress> _progress;
    private readonly string _run;
    // Journals with events to come, and how far they are known to reach. The run's own comes last, so that it is not complete before its islands.
    private readonly SortedDictionary<(bool IsRun, string PersistenceId), long> _behind = [];
    private readonly List<(IActorRef Asker, object Until)> _waiting = [];
    private readonly IReadOnlyList<string> _journals;
    private RecordWriter? _writer;
    private SqlReadJournal? _journal;
    private ActorMaterializer? _materializer;
    private SearchProgress.StateChanged? _state;
    private bool _reading;
    private int _evaluations;
    private int _trained;

    public RecordProjection(DataFolder folder, string run, IReadOnlyList<string> journals, ChannelWriter<SearchProgress> progress)
    {
        _folder = folder;
        _run = run;
        _journals = journals;
        _progress = progress;
    }

    private sealed record Read(string PersistenceId, IReadOnlyList<EventEnvelope> Events);

    protected override void PreStart()
    {
        _writer = new RecordWriter(_folder);
        _journal = PersistenceQuery.Get(Context.System).ReadJournalFor<SqlReadJournal>(SqlReadJournal.Identifier);
        _materializer = Context.Materializer();
        (_evaluations, _trained) = _writer.Counts(_run);
        using var reader = new JournalReader(_folder);
        foreach (var journal in _journals)
        {
            Expect(journal, reader.HighestSequenceNr(journal));
        }

        ReadNext();
    }

    protected override void PreRestart(Exception reason, object message)
    {
        _progress.TryWrite(new SearchProgress.Trouble($"The record could not be written and is tried again: {reason.Message.ReplaceLineEndings(" ")}"));
        base.PreRestart(reason, message);
    }

    /// <summary>Called by Akka when the actor has stopped.</summary>
    public void Dispose()
    {
        _materializer?.Dispose();
        _writer?.Dispose();
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case RecordMessages.Advanced advanced:
                Expect(advanced.PersistenceId, advanced.SequenceNr);
                break;
            case RecordMessages.CatchUp question:
                _waiting.Add((Sender, question.Until));
                break;
            case Read read:
                _reading = false;
                Write(read);
                break;
            case Status.Failure failure:
                throw new InvalidOperationException("The journal cannot be read.", failure.Cause);
        }

        ReadNext();
    }

    private void Expect(string journal, long sequenceNr)
    {
        if (sequenceNr > _writer!.Offset(journal))
        {
            _behind[Key(journal)] = Math.Max(sequenceNr, _behind.GetValueOrDefault(Key(journal)));
        }
    }

    private (bool IsRun, string PersistenceId) Key(string journal) => (journal == new JournalId(_run).ToString(), journal);

    private void ReadNext()
    {
        if (_reading)
        {
            return;
        }

        if (_behind.Count == 0)
        {
            _waiting.ForEach(w => w.Asker.Tell(new RecordMessages.CaughtUp(w.Until)));
            _waiting.Clear();
            return;
        }

        _reading = true;
        var ((_, journal), until) = _behind.First();
        // Not further than the hint, even if there is more: the run's end must not show before what its islands hinted at.
        _journal!.CurrentEventsByPersistenceId(journal, _writer!.Offset(journal) + 1, until)
            .RunWith(Sink.Seq<EventEnvelope>(), _materializer)
            .PipeTo(Self, success: events => new Read(journal, events));
    }

    private void Write(Read read)
    {
        foreach (var happened in _writer!.Write(read.PersistenceId, read.Events.Select(e => (e.SequenceNr, e.Event))))
        {
            Tell(JournalId.Parse(read.PersistenceId), happened);
        }

        // A hint that came meanwhile stands.
        if (_behind.GetValueOrDefault(Key(read.PersistenceId)) <= _writer.Offset(read.PersistenceId))
        {
            _behind.Remove(Key(read.PersistenceId));
        }
    }

    private void Tell(JournalId journal, object happened)
    {
        SearchProgress? progress = happened switch
        {
            JournaledIslandEvent { Event: IslandEvent.Judged judged } => Judged(judged),
            JournaledIslandEvent { Event: IslandEvent.MigrantsAdmitted { Accepted.IsEmpty: false } e } =>
                new SearchProgress.Migrated(e.From, journal.Island!.Value, [.. e.Accepted.Select(m => m.Id)]),
            RunEvent.BaselineMeasured e => new SearchProgress.BaselineMeasured(e.LearningRate, e.Fitness.IsEmpty ? null : e.Fitness.Average()),
            RunEvent.ReplicatesMeasured e => new SearchProgress.FinalistMeasured(e.Candidate, e.Fitness.IsEmpty ? null : e.Fitness.Average()),
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

    private SearchProgress.CandidateJudged Judged(IslandEvent.Judged judged)
    {
        _evaluations++;
        _trained += judged.Judgement.Verdict == Verdict.Trained ? 1 : 0;
        return new SearchProgress.CandidateJudged(_writer!.Candidate(_run, judged.Judgement.Candidate), _evaluations, _trained);
    }

    private SearchProgress.StateChanged State()
    {
        var (state, reason) = _writer!.State(_run);
        return new SearchProgress.StateChanged(state, reason);
    }
}
