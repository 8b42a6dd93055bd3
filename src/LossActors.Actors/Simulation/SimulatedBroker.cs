using LossActors.Actors.Broker;
using LossActors.Actors.Protocol;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Simulation;

/// <summary>The broker: the real lease book, behind the one mailbox through which all of an actor's messages must go.</summary>
internal sealed class SimulatedBroker
{
    private const string Epoch = "simulated";
    private static readonly TimeSpan s_look = TimeSpan.FromSeconds(1);

    private readonly SimulatedSearch _search;
    private readonly LeaseBook _book;
    private readonly Mailbox _mailbox;
    private readonly Dictionary<string, SimulatedSlot> _slots = new(StringComparer.Ordinal);
    private readonly SlotMessages.Enlist _orders = new(Epoch, new EvaluationProtocol(), "synthetic", "synthetic");
    private readonly HashSet<long> _granted = [];
    private TimeSpan _settled;

    public SimulatedBroker(SimulatedSearch search, LeaseSettings leases)
    {
        (_search, _mailbox) = (search, new Mailbox(search.Machine));
        _book = new LeaseBook(Epoch, leases);
        Repeat(leases.Tick, () => Supervise(() => Carry(_book.Tick(Now))));
        Repeat(s_look, () => Supervise(() => _book.Workforce(Now)));
    }

    /// <summary>Time spent on messages so far.</summary>
    public TimeSpan Worked => _mailbox.Worked;

    /// <summary>Jobs that waited, times how long.</summary>
    public TimeSpan Waited { get; private set; }

    /// <summary>Jobs that were leased again.</summary>
    public int LeasedAgain { get; private set; }

    private TimeSpan Now => _search.Time.Now;

    private ServiceTimes Service => _search.Service;

    public void Offer(string owner, Job job) => Tell(Service.Job / 3, () => _book.Offer(owner, job, Now));

    public void Acknowledge(JobId job) => Tell(Service.Job / 3, () => _book.Acknowledge(job, Now));

    /// <summary>A message from another node.</summary>
    public void Receive(SimulatedSlot slot, IWireMessage message)
    {
        var jobs = message is SlotMessages.Result result ? result.Answers.Length : 0;
        _search.Transport(jobs, () =>
        {
            switch (message)
            {
                case SlotMessages.Report m:
                    _slots[m.Slot.Name] = slot;
                    Tell(Service.Report, () => _book.Report(m, Now));
                    break;
                case SlotMessages.Result m:
                    Tell(Service.Report + (jobs * Service.Job / 3), () => _book.Result(m, Now));
                    break;
            }
        });
    }

    /// <summary>A process has died.</summary>
    public void Died(int pid) => Supervise(() => Carry(_book.Died(slot => slot.Pid == pid, Now)));

    private void Supervise(Action action) => _mailbox.Tell(TimeSpan.FromSeconds(Service.Dispatch + (_book.Slots.Count() * Service.Supervision)), action);

    private void Tell(double service, Func<IReadOnlyList<LeaseEffect>> operation) => _mailbox.Tell(TimeSpan.FromSeconds(Service.Dispatch + service), () => Carry(operation()));

    private void Carry(IReadOnlyList<LeaseEffect> effects)
    {
        Waited += _book.Jobs.Waiting * (Now - _settled);
        _settled = Now;
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case LeaseEffect.Enlist e:
                    Send(e.Slot, _orders);
                    break;
                case LeaseEffect.Grant e:
                    if (_granted.Add(e.Lease.Id.Number) && e.Lease.Attempt > 1)
                    {
                        LeasedAgain += e.Lease.Jobs.Length;
                    }

                    Send(e.Slot, e.Lease, e.Lease.Jobs.Length);
                    break;
                case LeaseEffect.Abort e:
                    Send(e.Slot, new SlotMessages.Abort(e.Lease));
                    break;
                case LeaseEffect.Accept e:
                    Send(e.Slot, new SlotMessages.ResultAccepted(e.Lease));
                    break;
                case LeaseEffect.Quit e:
                    Send(e.Slot, new SlotMessages.Quit(e.Reason));
                    break;
                case LeaseEffect.Deliver e:
                    _search.Machine.Run(TimeSpan.FromSeconds(Service.Dispatch), () => _search.Islands[e.Done.Job.Candidate.Island].Receive(e.Done));
                    break;
            }
        }
    }

    private void Send(SlotInfo info, IWireMessage message, int jobs = 0)
    {
        if (_slots.TryGetValue(info.Name, out var slot))
        {
            _search.Transport(jobs, () => _search.Network.Send(() => slot.Receive(message)));
        }
    }

    private void Repeat(TimeSpan interval, Action action) => _search.Time.After(interval, () =>
    {
        action();
        Repeat(interval, action);
    });
}
