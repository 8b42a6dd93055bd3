using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Runs;

/// <summary>
/// The one place in a cluster of several search nodes where the run is worked on: a singleton on the oldest of them, and on the next when that one is gone. It takes the run's lock,
/// finds out how the run stands, and makes the root of its actors; whatever is said to the run goes through it.
/// </summary>
internal sealed class SearchOwner(RunOwnership ownership, SearchSetup setup) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_interval = TimeSpan.FromSeconds(1);

    private IActorRef _search = ActorRefs.Nobody;
    private bool _isCutOff;

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record TakeOver : INotInfluenceReceiveTimeout
    {
        public static TakeOver Instance { get; } = new();
    }

    protected override void PreStart() => Self.Tell(TakeOver.Instance);

    // Said before the next owner begins: its lock is to be had at once.
    protected override void PostStop() => ownership.Dispose();

    protected override void OnReceive(object message)
    {
        if (message is TakeOver)
        {
            Try();
        }
        else
        {
            // Before there is a run to speak to it goes nowhere, and is said again.
            _search.Forward(message);
        }
    }

    private void Try()
    {
        try
        {
            var opening = ownership.Open();
            _search = Context.ActorOf(Props.Create(() => new SearchActor(setup, opening)), "search");
        }
        catch (Exception e) when (DatabaseTrouble.Is(e) || e is DatabaseException or RunOwnedException)
        {
            if (!_isCutOff)
            {
                setup.Progress.TryWrite(new SearchProgress.Trouble($"The run cannot be taken over yet: {e.Message.ReplaceLineEndings(" ")}"));
            }

            _isCutOff = true;
            Timers.StartSingleTimer(TakeOver.Instance, TakeOver.Instance, s_interval);
        }
    }
}
