namespace LossActors.Actors.Simulation;

/// <summary>
/// The journal of a search, which has one writer: rows that come while it writes are written together as soon as it can again. Recording them costs the node core
/// time, but nobody waits for the record.
/// </summary>
/// <param name="time">The clock.</param>
/// <param name="machine">The cores of the search node.</param>
/// <param name="service">What writing takes.</param>
internal sealed class SimulatedJournal(VirtualTime time, Machine machine, ServiceTimes service)
{
    private List<Action> _waiting = [];
    private bool _busy;

    /// <summary>Time spent on writing so far.</summary>
    public TimeSpan Worked { get; private set; }

    /// <summary>Events so far.</summary>
    public long Events { get; private set; }

    /// <summary>Writes a row.</summary>
    /// <param name="events">How many events it holds.</param>
    /// <param name="durable">What follows when it is durable.</param>
    public void Write(int events, Action durable) => machine.Run(TimeSpan.FromSeconds(events * service.Event), () =>
    {
        Events += events;
        _waiting.Add(durable);
        if (!_busy)
        {
            Next();
        }
    });

    private void Next()
    {
        _busy = _waiting.Count > 0;
        if (_busy)
        {
            var rows = _waiting;
            _waiting = [];
            var commit = TimeSpan.FromSeconds(service.Commit);
            time.After(commit, () =>
            {
                Worked += commit;
                rows.ForEach(durable => durable());
                Next();
            });
        }
    }
}
