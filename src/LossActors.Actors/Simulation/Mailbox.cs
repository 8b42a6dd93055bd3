namespace LossActors.Actors.Simulation;

/// <summary>An actor's mailbox: a queue with a single server, which needs a core of its node for each message.</summary>
/// <param name="machine">The node's cores.</param>
internal sealed class Mailbox(Machine machine)
{
    private readonly Queue<(TimeSpan Service, Action Handle)> _waiting = [];
    private bool _busy;

    /// <summary>Time spent on messages so far.</summary>
    public TimeSpan Worked { get; private set; }

    /// <summary>Messages that wait, without the one that is being handled.</summary>
    public int Waiting => _waiting.Count;

    /// <summary>Puts a message in.</summary>
    /// <param name="service">How long handling it takes.</param>
    /// <param name="handle">What it does, when that time is over.</param>
    public void Tell(TimeSpan service, Action handle)
    {
        _waiting.Enqueue((service, handle));
        if (!_busy)
        {
            Next();
        }
    }

    private void Next()
    {
        _busy = _waiting.TryDequeue(out var message);
        if (_busy)
        {
            machine.Run(message.Service, () =>
            {
                Worked += message.Service;
                message.Handle();
                Next();
            });
        }
    }
}
