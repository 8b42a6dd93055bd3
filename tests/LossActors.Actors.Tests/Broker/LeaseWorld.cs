using LossActors.Actors.Broker;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Broker;

/// <summary>
/// Both real halves of the lease protocol, owners and a network that loses, doubles and reorders, driven by numbers. Each
/// number chooses what happens next, so CsCheck finds and shrinks bad histories.
/// </summary>
internal sealed class LeaseWorld
{
    private const int Owners = 3;
    private const int JobsPerOwner = 4;
    private static readonly LeaseSettings s_settings = new() { JobLimit = TimeSpan.FromSeconds(60), SilenceLimit = TimeSpan.FromSeconds(40) };

    private readonly List<SimulatedSlot> _slots = [];
    private readonly List<IWireMessage> _toBroker = [];
    private readonly List<(string Slot, IWireMessage Message)> _toSlots = [];
    private readonly Dictionary<JobId, int> _outstanding = [];
    private readonly HashSet<JobId> _offered = [];
    private readonly Dictionary<JobId, BrokerMessages.Done> _answers = [];
    private LeaseBook _book;
    private TimeSpan _now;
    private int _epoch = 1;
    private long _lives;
    private int _executions;
    private bool _paused;

    public LeaseWorld(int slots)
    {
        _book = new LeaseBook("e1", s_settings);
        for (var i = 0; i < slots; i++)
        {
            _slots.Add(new SimulatedSlot(i, ++_lives));
        }

        for (var i = 0; i < Owners * JobsPerOwner; i++)
        {
            _outstanding.Add(new JobId((JobKind)(i % 3), new CandidateId(i % Owners, 1 + (i / Owners))), i % Owners);
        }
    }

    /// <summary>How often the whole history recorded an answer for each job.</summary>
    public Dictionary<JobId, List<Finding>> Recorded { get; } = [];

    public void Step(int choice)
    {
        var pick = choice / 32;
        switch (choice % 32)
        {
            case < 3: Offer(pick); break;
            case < 6: Pass(TimeSpan.FromMilliseconds(pick % 4000)); break;
            case < 9: _slots[pick % _slots.Count].Each(Send, s => s.Book.Repeat()); break;
            case < 15: DeliverToBroker(pick, keep: false); break;
            case < 21: DeliverToSlot(pick, keep: false); break;
            case 21: DeliverToBroker(pick, keep: true); break;
            case 22: DeliverToSlot(pick, keep: true); break;
            case 23: Lose(pick); break;
            case < 30: Work(_slots[pick % _slots.Count]); break;
            case 30: Disaster(pick); break;
            default: Carry(_book.Pause(_paused = pick % 8 == 0, _now)); break;
        }

        Check();
    }

    /// <summary>From here on nothing goes wrong any more: everything must come to its end.</summary>
    public void Heal()
    {
        Carry(_book.Pause(_paused = false, _now));
        Carry(_book.Reachability(_ => true, reachable: true, _now));
        for (var round = 0; round < 400 && _outstanding.Count > 0; round++)
        {
            foreach (var job in _outstanding.Keys.ToList())
            {
                Offer(job);
            }

            _slots.ForEach(s => { s.Frozen = false; s.Each(Send, t => t.Book.Repeat()); });
            for (var exchanged = 0; _toBroker.Count + _toSlots.Count > 0; exchanged++)
            {
                Assert.True(exchanged < 5000, "the two sides never stop talking");
                DeliverToBroker(0, keep: false);
                DeliverToSlot(0, keep: false);
                Check();
            }

            _slots.ForEach(Work);
            Pass(TimeSpan.FromSeconds(1));
            Check();
        }

        Assert.Empty(_outstanding);
    }

    private static bool IsPoison(JobId job) => job.Candidate == new CandidateId(1, 2);

    private static Job Make(JobId id) => new(id, null);

    private void Offer(int pick)
    {
        if (_outstanding.Count > 0)
        {
            Offer(_outstanding.Keys.ElementAt(pick % _outstanding.Count));
        }
    }

    private void Offer(JobId job)
    {
        _offered.Add(job);
        Carry(_book.Offer($"owner{_outstanding[job]}", Make(job), _now));
    }

    private void Pass(TimeSpan time)
    {
        _now += time;
        Carry(_book.Tick(_now));
    }

    private void Work(SimulatedSlot slot)
    {
        if (slot.Frozen)
        {
            return;
        }

        if (slot.Running is { } lease && lease.Jobs.Any(job => IsPoison(job.Id)))
        {
            Kill(slot, heardOf: true);
            return;
        }

        slot.Each(Send, s => s.Work(++_executions));
    }

    private void Kill(SimulatedSlot slot, bool heardOf)
    {
        var old = slot.Info;
        slot.Restart(++_lives);
        if (heardOf)
        {
            Carry(_book.Died(s => s == old, _now));
        }
    }

    private void Disaster(int pick)
    {
        var slot = _slots[pick / 8 % _slots.Count];
        switch (pick % 8)
        {
            case 0 or 1: Kill(slot, heardOf: true); break;
            case 2: Kill(slot, heardOf: false); break;
            case 3: slot.Frozen = !slot.Frozen; break;
            case 4: Carry(_book.Reachability(s => s == slot.Info, reachable: pick / 64 % 2 == 0, _now)); break;
            case 5: Pass(TimeSpan.FromSeconds(20)); break;
            case 6: _slots.ForEach(s => s.Each(Send, t => t.Book.Repeat())); break;
            default: RestartBroker(); break;
        }
    }

    private void RestartBroker()
    {
        _book = new LeaseBook($"e{++_epoch}", s_settings);
        _offered.Clear();
        _answers.Clear();
        _paused = false;
    }

    private void Lose(int pick)
    {
        if (pick % 2 == 0 && _toBroker.Count > 0)
        {
            _toBroker.RemoveAt(pick / 2 % _toBroker.Count);
        }
        else if (_toSlots.Count > 0)
        {
            _toSlots.RemoveAt(pick / 2 % _toSlots.Count);
        }
    }

    private void DeliverToBroker(int pick, bool keep)
    {
        if (_toBroker.Count == 0)
        {
            return;
        }

        var index = pick % _toBroker.Count;
        var message = _toBroker[index];
        if (!keep)
        {
            _toBroker.RemoveAt(index);
        }

        Carry(message is SlotMessages.Report report ? _book.Report(report, _now) : _book.Result((SlotMessages.Result)message, _now));
    }

    private void DeliverToSlot(int pick, bool keep)
    {
        if (_toSlots.Count == 0)
        {
            return;
        }

        var index = pick % _toSlots.Count;
        var (name, message) = _toSlots[index];
        if (!keep)
        {
            _toSlots.RemoveAt(index);
        }

        var slot = _slots.Single(s => s.Info.Name == name);
        if (!slot.Frozen)
        {
            slot.Each(Send, s => s.Receive(message));
        }
    }

    private void Send(IWireMessage message) => _toBroker.Add(message);

    private void Carry(IReadOnlyList<LeaseEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case LeaseEffect.Enlist e: _toSlots.Add((e.Slot.Name, new SlotMessages.Enlist($"e{_epoch}", new EvaluationProtocol(), "hash", "data"))); break;
                case LeaseEffect.Grant e: _toSlots.Add((e.Slot.Name, e.Lease)); break;
                case LeaseEffect.Abort e: _toSlots.Add((e.Slot.Name, new SlotMessages.Abort(e.Lease))); break;
                case LeaseEffect.Accept e: _toSlots.Add((e.Slot.Name, new SlotMessages.ResultAccepted(e.Lease))); break;
                case LeaseEffect.Deliver e: Record(e.Done); break;
                case LeaseEffect.Quit e when _slots.FirstOrDefault(s => s.Info == e.Slot) is { } slot: Kill(slot, heardOf: true); break;
            }
        }
    }

    // An owner: takes an answer only if it waits for it, and acknowledges in any case; every third acknowledgement is lost.
    private void Record(BrokerMessages.Done done)
    {
        Assert.Equal(_answers.GetValueOrDefault(done.Job, done), done);
        Assert.True(done.Finding is not Finding.Trained trained || trained.Steps == _epoch, "a result of another epoch counted");
        _answers[done.Job] = done;
        if (_outstanding.Remove(done.Job))
        {
            Recorded.TryAdd(done.Job, []);
            Recorded[done.Job].Add(done.Finding);
        }

        if (_executions++ % 3 != 0)
        {
            _offered.Remove(done.Job);
            _answers.Remove(done.Job);
            Carry(_book.Acknowledge(done.Job, _now));
        }
    }

    private void Check()
    {
        var jobs = _book.Jobs.All.ToList();
        Assert.All(_offered, job => Assert.NotNull(_book.Jobs.Find(job)));
        Assert.Equal(jobs.Count(j => j is { Holder: null, Answer: null }), _book.Jobs.Waiting);
        Assert.All(jobs.Where(j => j.Holder is not null), j => Assert.True(j.Answer is null && j.Holder!.Lease != 0 && j.Holder.Jobs.Contains(j.Job)));
        var live = _book.Slots.Where(s => s.Lease != 0 && s.Aborted is null && s.Expires > _now)
            .SelectMany(s => s.Jobs.Where(j => _book.Jobs.Find(j.Id)?.Holder == s)).ToList();
        Assert.Equal(live.Distinct(), live);
        if (!_paused && _book.Jobs.Waiting > 0)
        {
            Assert.DoesNotContain(_book.Slots, s => s.IsFree && !s.IsSilent(_now, s_settings.Duration));
        }
    }
}
