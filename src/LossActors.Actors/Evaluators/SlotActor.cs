using System.Diagnostics.CodeAnalysis;
using Akka.Actor;
using Akka.Event;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// One evaluator slot: speaks with the broker while its thread works. It does nothing slow itself, so reports, which renew the
/// lease, go out on time however busy the bench is.
/// </summary>
[SuppressMessage("Design", "CA1001", Justification = "Actors are disposed of in PostStop.")]
internal sealed class SlotActor : UntypedActor, IWithTimers
{
    private readonly SlotSettings _settings;
    private readonly TimeProvider _time;
    private readonly SlotBook _book;
    private readonly SlotThread _thread;
    private ICanTell? _broker;
    private long _stoppingSince;
    private IActorRef? _farewell;
    private bool _hasSaidSo;

    /// <summary>Each life of the actor is an incarnation of its own; the one in <paramref name="info"/> is not used.</summary>
    public SlotActor(SlotInfo info, SlotSettings settings, TimeProvider time)
    {
        (_settings, _time) = (settings, time);
        _book = new SlotBook(info with { Incarnation = time.GetUtcNow().UtcTicks }, settings.LeaseTarget);
        var self = Self;
        _thread = new SlotThread($"slot {info.Name}", settings.Benches, info.Device, settings.Threads, time, message => self.Tell(message, self));
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart() =>
        Timers.StartPeriodicTimer("report", ReportNow.Instance, TimeSpan.Zero, _settings.ReportInterval);

    protected override void PostStop() => _thread.Dispose();

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case BrokerAt m:
                _broker = m.Broker;
                Carry(_book.Repeat());
                break;
            case ReportNow:
                WatchThread();
                Retired();
                Carry(_book.Repeat());
                break;
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
            case SlotMessages.Quit m:
                _settings.EndProcess(m.Reason);
                break;
            case SlotThread.Opened m:
                if (m.Problem is not null)
                {
                    Context.GetLogger().Error("The bench cannot be opened: {0}", m.Problem);
                }

                Carry(_book.Opened(m.Epoch, m.Capacity, m.Problem));
                break;
            case SlotThread.Finished m:
                Carry(_book.Finished(m.Lease, m.Findings, m.Elapsed));
                break;
            case Retire:
                (_farewell, _hasSaidSo) = (Sender, false);
                Carry(_book.Retire());
                break;
            case Leave:
                Carry(_book.Leave());
                Sender.Tell(Left.Instance);
                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Carry(IReadOnlyList<SlotEffect> effects)
    {
        foreach (var effect in effects)
        {
            switch (effect)
            {
                case SlotEffect.Send e:
                    _broker?.Tell(e.Message, Self);
                    break;
                case SlotEffect.Open e:
                    _thread.Open(e.Orders);
                    break;
                case SlotEffect.Run e:
                    _thread.Run(e.Lease);
                    break;
                case SlotEffect.Cancel:
                    _stoppingSince = _time.GetTimestamp();
                    _thread.Cancel();
                    break;
            }
        }
    }

    // A grant may be under way to whoever has only just said that it wants no more: so not at once.
    private void Retired()
    {
        if (_farewell is not null && _hasSaidSo && _book.IsFree)
        {
            _farewell.Tell(Left.Instance);
            _farewell = null;
        }

        _hasSaidSo = true;
    }

    private void WatchThread()
    {
        if (_book.IsStopping && _time.GetElapsedTime(_stoppingSince) >= _settings.HangLimit)
        {
            _settings.EndProcess("A lease hangs in native code and cannot be cancelled.");
        }
    }

    /// <summary>Where the broker is now.</summary>
    internal sealed record BrokerAt(ICanTell? Broker);

    /// <summary>The process shuts down in good order; answered by <see cref="Left"/>.</summary>
    internal sealed record Leave
    {
        public static Leave Instance { get; } = new();
    }

    /// <summary>No more work after what is under way; answered by <see cref="Left"/> when that is done and delivered.</summary>
    internal sealed record Retire
    {
        public static Retire Instance { get; } = new();
    }

    /// <summary>The slot has told the broker that it leaves.</summary>
    internal sealed record Left
    {
        public static Left Instance { get; } = new();
    }

    private sealed record ReportNow : INotInfluenceReceiveTimeout
    {
        public static ReportNow Instance { get; } = new();
    }
}
