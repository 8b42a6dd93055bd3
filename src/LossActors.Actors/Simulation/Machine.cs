namespace LossActors.Actors.Simulation;

/// <summary>The cores of a node: who has work waits for the first that is free, first come, first served, as in a pool of threads.</summary>
/// <param name="time">The clock.</param>
/// <param name="cores">How many.</param>
internal sealed class Machine(VirtualTime time, int cores)
{
    private readonly Queue<(TimeSpan Work, Action Done)> _ready = [];
    private int _busy;

    /// <summary>Core time spent so far.</summary>
    public TimeSpan Worked { get; private set; }

    /// <summary>Occupies a core for some time.</summary>
    /// <param name="work">How long.</param>
    /// <param name="done">What follows; without work and on a free core at once.</param>
    public void Run(TimeSpan work, Action done)
    {
        if (_busy == cores)
        {
            _ready.Enqueue((work, done));
        }
        else
        {
            Start(work, done);
        }
    }

    private void Start(TimeSpan work, Action done)
    {
        _busy++;
        time.After(work, () =>
        {
            Worked += work;
            _busy--;
            if (_ready.TryDequeue(out var next))
            {
                Start(next.Work, next.Done);
            }

            done();
        });
    }
}
