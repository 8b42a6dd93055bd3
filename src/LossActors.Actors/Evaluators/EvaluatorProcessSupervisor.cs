using Akka.Actor;
using Akka.Event;
using LossActors.Actors.Broker;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// Keeps evaluator processes of this machine running: starts them, tells the broker the moment one ends (its exit is the
/// surest and earliest sign of death), starts it again with back-off, ends one that hangs, and lets none survive.
/// </summary>
internal sealed class EvaluatorProcessSupervisor : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_release = TimeSpan.FromSeconds(3);
    private readonly EvaluatorProcessOptions _options;
    private readonly Address _join;
    private readonly IActorRef _broker;
    private readonly TimeProvider _time;
    private readonly Dictionary<int, Running> _running = [];
    private readonly int[] _shortLives;

    public EvaluatorProcessSupervisor(EvaluatorProcessOptions options, Address join, IActorRef broker, TimeProvider time)
    {
        (_options, _join, _broker, _time) = (options, join, broker, time);
        _shortLives = new int[options.Count];
    }

    public ITimerScheduler Timers { get; set; } = null!;

    protected override void PreStart()
    {
        Directory.CreateDirectory(_options.LogFolder);
        Context.System.EventStream.Subscribe(Self, typeof(ProcessMessages.End));
        for (var number = 0; number < _options.Count; number++)
        {
            Start(number);
        }
    }

    protected override void PostStop()
    {
        foreach (var running in _running.Values)
        {
            running.Process.Release();
        }

        var deadline = _time.GetTimestamp();
        foreach (var running in _running.Values)
        {
            var left = s_release - _time.GetElapsedTime(deadline);
            if (!running.Process.WaitForExit(left > TimeSpan.Zero ? left : TimeSpan.Zero))
            {
                running.Process.Kill();
                running.Process.WaitForExit(s_release);
            }

            running.Process.Dispose();
        }
    }

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case StartAgain m:
                Start(m.Number);
                break;
            case Ended m when _running.TryGetValue(m.Number, out var running) && running.Process.Pid == m.Pid:
                _running.Remove(m.Number);
                running.Process.Dispose();
                Bury(m, running);
                break;
            case Ended:
                break;
            case ProcessMessages.End m when m.Host == Environment.MachineName:
                foreach (var running in _running.Values.Where(r => r.Process.Pid == m.Pid))
                {
                    running.Process.Kill();
                }

                break;
            default:
                Unhandled(message);
                break;
        }
    }

    private void Bury(Ended ended, Running running)
    {
        var lived = _time.GetElapsedTime(running.Since);
        _broker.Tell(new ProcessMessages.Exited(Environment.MachineName, ended.Pid));
        if (ended.ExitCode == 0)
        {
            // In good order, as it was asked to.
            Context.GetLogger().Info("Evaluator {0} (pid {1}) left after {2}", ended.Number, ended.Pid, lived);
            return;
        }

        _shortLives[ended.Number] = lived >= _options.Healthy ? 0 : _shortLives[ended.Number] + 1;
        Context.System.EventStream.Publish(new WorkforceEvents.ProcessEnded(
            ended.Number, ended.Pid, ended.ExitCode, _shortLives[ended.Number], LogFile(ended.Number)));
        Context.GetLogger().Warning("Evaluator {0} (pid {1}) ended with {2} after {3}", ended.Number, ended.Pid, ended.ExitCode, lived);
        Postpone(ended.Number);
    }

    private void Start(int number)
    {
        var address = new EvaluatorLaunch(number, _options.Devices[number % _options.Devices.Count], _join.Host!, _join.Port!.Value);
        var self = Self;
        try
        {
            var process = ChildProcess.Start(
                _options.Command(address), LogFile(number), (pid, code) => self.Tell(new Ended(number, pid, code)));
            _running[number] = new Running(process, _time.GetTimestamp());
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or UnauthorizedAccessException)
        {
            _shortLives[number]++;
            Context.System.EventStream.Publish(new WorkforceEvents.ProcessNotStarted(number, e.Message));
            Context.GetLogger().Error("Evaluator {0} cannot be started: {1}", number, e.Message);
            Postpone(number);
        }
    }

    private void Postpone(int number)
    {
        var doublings = Math.Min(Math.Max(_shortLives[number] - 1, 0), 16);
        var delay = _options.FirstDelay * (1 << doublings);
        Timers.StartSingleTimer(number, new StartAgain(number), delay < _options.LongestDelay ? delay : _options.LongestDelay);
    }

    private string LogFile(int number) => Path.Combine(_options.LogFolder, $"evaluator-{number}.log");

    private sealed record StartAgain(int Number);

    private sealed record Ended(int Number, int Pid, int ExitCode);

    private sealed record Running(ChildProcess Process, long Since);
}
