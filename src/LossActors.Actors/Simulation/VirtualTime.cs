namespace LossActors.Actors.Simulation;

/// <summary>Virtual time: what is planned happens in the order of its time, and at the same time in the order in which it was planned.</summary>
internal sealed class VirtualTime
{
    private readonly PriorityQueue<Action, (TimeSpan At, long Number)> _planned = new();
    private long _number;

    /// <summary>Since the simulation began.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>Plans something.</summary>
    /// <param name="delay">From now; not negative.</param>
    /// <param name="action">What happens then.</param>
    public void After(TimeSpan delay, Action action) => _planned.Enqueue(action, (Now + delay, ++_number));

    /// <summary>Goes on to what comes next; false if nothing does.</summary>
    public bool Step()
    {
        if (!_planned.TryDequeue(out var action, out var key))
        {
            return false;
        }

        Now = key.At;
        action();
        return true;
    }
}
