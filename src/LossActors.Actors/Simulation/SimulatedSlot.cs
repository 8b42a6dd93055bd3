using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Simulation;

/// <summary>A slot: the real slot book, and a thread for which time passes while it works.</summary>
internal sealed class SimulatedSlot
{
    private readonly SimulatedSearch _search;
    private readonly SlotSettings _settings = new();
    private readonly SlotBook _book;
    private readonly Action _quit;
    private SlotMessages.Lease? _running;
    private TimeSpan _since;
    private bool _dead;

    /// <summary>A slot that has not reported yet.</summary>
    /// <param name="search">Whom it works for.</param>
    /// <param name="info">Who it is.</param>
    /// <param name="firstReport">When it reports first; then at its interval, and at each change.</param>
    /// <param name="quit">Ends its process.</param>
    public SimulatedSlot(SimulatedSearch search, SlotInfo info, TimeSpan firstReport, Action quit)
    {
        (_search, _quit) = (search, quit);
        _book = new SlotBook(info, _settings.LeaseTarget);
        search.Time.After(firstReport, Repeat);
    }

    /// <summary>A message of the broker arrives.</summary>
    public void Receive(IWireMessage message)
    {
        if (_dead)
        {
            return;
        }

        switch (message)
        {
            case SlotMessages.Enlist m:
                Carry(_book.Enlist(m));
                break;
            case SlotMessages.Lease m:
                Carry(_book.Lease(m));
                break;
            case SlotMessages.Abort m:
                Carry(_book.Abort(m.Id));
                break;
            case SlotMessages.ResultAccepted m:
                Carry(_book.Accepted(m.Id));
                break;
            case SlotMessages.Quit:
                _quit();
                break;
        }
    }

    /// <summary>Its process is no more.</summary>
    public void Die()
    {
        Rest();
        _dead = true;
    }

    private void Repeat()
    {
        if (!_dead)
        {
            Carry(_book.Repeat());
            _search.Time.After(_settings.ReportInterval, Repeat);
        }
    }

    private void Carry(IReadOnlyList<SlotEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case SlotEffect.Send e:
                    _search.Network.Send(() => _search.Broker.Receive(this, e.Message));
                    break;
                case SlotEffect.Open e:
                    _search.Time.After(_search.Opening, () => Live(() => _book.Opened(e.Orders.Epoch, _search.Capacity, null)));
                    break;
                case SlotEffect.Run e:
                    Run(e.Lease);
                    break;
                case SlotEffect.Cancel when _running is { } lease:
                    // It stops at its next training step, and what it says then interests nobody.
                    Finish(lease, [.. lease.Jobs.Select(_ => new Finding.Failed("cancelled", Poisonous: false, Seconds: 0))]);
                    break;
            }
        }
    }

    private void Run(SlotMessages.Lease lease)
    {
        ImmutableArray<Finding> findings = [.. lease.Jobs.Select(Find)];
        (_running, _since) = (lease, _search.Time.Now);
        _search.Observations.Begin(_since);
        _search.Time.After(TimeSpan.FromSeconds(findings.Sum(f => f.Seconds)), () => Finish(lease, findings));
    }

    private void Finish(SlotMessages.Lease lease, ImmutableArray<Finding> findings)
    {
        if (_running == lease)
        {
            var elapsed = _search.Time.Now - _since;
            Rest();
            // In a turn of its own: the book is in the middle of one when it cancels.
            _search.Time.After(TimeSpan.Zero, () => Live(() => _book.Finished(lease.Id, findings, elapsed)));
        }
    }

    private void Rest()
    {
        if (_running is not null)
        {
            _running = null;
            _search.Observations.End(_search.Time.Now);
        }
    }

    private void Live(Func<IReadOnlyList<SlotEffect>> operation)
    {
        if (!_dead)
        {
            Carry(operation());
        }
    }

    private Finding Find(Job job) => job.Id.Kind switch
    {
        JobKind.Screen => _search.Findings.Screen(job.Expression!),
        JobKind.Refine => _search.Findings.Refine(job.Expression!),
        _ => _search.Findings.Train(job.Expression!, job.Replicates),
    };
}
