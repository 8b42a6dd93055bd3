using Akka.Actor;
using Akka.Event;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Control;

/// <summary>
/// Takes commands that other shells left, and leaves for them how the run fares. It looks five times a second: a watcher of the file system would be quicker, but is
/// not to be had on every file system and is a scarce thing on some machines.
/// </summary>
internal sealed class ControlActor(IRunChannel channel, string run, IActorRef search) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    private readonly ILoggingAdapter _log = Context.GetLogger();
    private bool _isCutOff;

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }

    protected override void PreStart()
    {
        // Commands for an earlier owner have found nobody; they are not for this one.
        Try(() => channel.Take());
        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, s_interval);
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Look:
                Try(Obey);
                break;
            case RunStatus status:
                Try(() => channel.Tell(status));
                break;
        }
    }

    private void Obey()
    {
        foreach (var request in channel.Take())
        {
            _log.Info("Another shell asks to {Command} run {Run}", request.Command, run);
            object? message = request switch
            {
                { Command: ControlCommand.Pause } => new RunMessages.Pause(),
                { Command: ControlCommand.Resume } => new RunMessages.Resume(),
                { Command: ControlCommand.Stop } => new RunMessages.Stop("stopped by the user"),
                { Command: ControlCommand.Cancel } => new RunMessages.Cancel(),
                { Command: ControlCommand.Amend, Id: { } id, Amendment: { } amendment } => new RunMessages.Amend(id, amendment),
                { Command: ControlCommand.Drain, Node: { } node } => new RunMessages.Drain(node),
                _ => null,
            };
            if (message is not null)
            {
                search.Tell(message);
            }
        }
    }

    // Nobody can look or steer for a while, which is no reason to stop.
    private void Try(Action action)
    {
        try
        {
            action();
            _isCutOff = false;
        }
        catch (Exception e) when (DatabaseTrouble.Is(e))
        {
            if (!_isCutOff)
            {
                _log.Warning(e, "Run {Run} cannot be seen or steered from other shells for now", run);
            }

            _isCutOff = true;
        }
    }
}
