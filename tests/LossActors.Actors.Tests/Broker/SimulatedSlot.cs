using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;
using Xunit;

namespace LossActors.Actors.Tests.Broker;

/// <summary>A real <see cref="SlotBook"/> with a thread that works when told to.</summary>
internal sealed class SimulatedSlot
{
    private static readonly TimeSpan s_second = TimeSpan.FromSeconds(1);
    private readonly Queue<SlotMessages.Enlist> _openings = [];
    private readonly Appetite _capacity;

    public SimulatedSlot(int number, long incarnation)
    {
        Info = new SlotInfo($"node{number}/0", incarnation, 100 + number, "box", "cpu");
        Book = new SlotBook(Info, s_second);
        _capacity = new Appetite(1 + number, 1 + number, 1 + number);
    }

    public SlotInfo Info { get; private set; }

    public SlotBook Book { get; private set; }

    public SlotMessages.Lease? Running { get; private set; }

    public bool Frozen { get; set; }

    public void Restart(long incarnation)
    {
        Info = Info with { Incarnation = incarnation };
        Book = new SlotBook(Info, s_second);
        Running = null;
        Frozen = false;
        _openings.Clear();
    }

    public void Each(Action<IWireMessage> send, Func<SimulatedSlot, IReadOnlyList<SlotEffect>> act)
    {
        foreach (var effect in act(this))
        {
            switch (effect)
            {
                case SlotEffect.Send e:
                    send(e.Message);
                    break;
                case SlotEffect.Open e:
                    _openings.Enqueue(e.Orders);
                    break;
                case SlotEffect.Run e:
                    Assert.Null(Running);
                    Running = e.Lease;
                    break;
            }
        }
    }

    public IReadOnlyList<SlotEffect> Receive(IWireMessage message) => message switch
    {
        SlotMessages.Enlist m => Book.Enlist(m),
        SlotMessages.Lease m => Book.Lease(m),
        SlotMessages.Abort m => Book.Abort(m.Id),
        SlotMessages.ResultAccepted m => Book.Accepted(m.Id),
        _ => [],
    };

    /// <summary>The thread gets some time: it ends what it runs (a cancelled job too), else opens a bench.</summary>
    public IReadOnlyList<SlotEffect> Work(int execution)
    {
        if (Running is { } lease)
        {
            Running = null;
            ImmutableArray<Finding> findings = [.. lease.Jobs.Select(_ => new Finding.Trained([execution], Epoch(lease), false, execution))];
            return Book.Finished(lease.Id, findings, s_second / 4);
        }

        return _openings.TryDequeue(out var orders) ? Book.Opened(orders.Epoch, _capacity, null) : [];
    }

    private static int Epoch(SlotMessages.Lease lease) => int.Parse(lease.Id.Epoch.AsSpan(1), provider: null);
}
