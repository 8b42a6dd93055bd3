using Akka.Actor;
using Akka.Event;
using LossActors.Actors.Persistence;
using LossActors.Actors.Runs;

namespace LossActors.Actors.Control;

/// <summary>
/// Takes commands that other shells left in the data folder. It looks five times a second: a watcher of the file system would be quicker, but is
/// not to be had on every file system and is a scarce thing on some machines.
/// </summary>
internal sealed class ControlActor(DataFolder folder, string run, IActorRef search) : UntypedActor, IWithTimers
{
    private static readonly TimeSpan s_interval = TimeSpan.FromMilliseconds(200);

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Look : INotInfluenceReceiveTimeout
    {
        public static Look Instance { get; } = new();
    }

    protected override void PreStart()
    {
        // Commands for an earlier owner have found nobody; they are not for this one.
        foreach (var file in Files())
        {
            File.Delete(file);
        }

        Timers.StartPeriodicTimer(Look.Instance, Look.Instance, s_interval);
    }

    protected override void OnReceive(object message)
    {
        foreach (var file in Files())
        {
            if (Enum.TryParse<ControlCommand>(Path.GetExtension(file).TrimStart('.'), ignoreCase: true, out var command))
            {
                Context.GetLogger().Info("Another shell asks to {Command} run {Run}", command, run);
                search.Tell(command switch
                {
                    ControlCommand.Pause => new RunMessages.Pause(),
                    ControlCommand.Resume => new RunMessages.Resume(),
                    ControlCommand.Stop => new RunMessages.Stop("stopped by the user"),
                    _ => new RunMessages.Cancel(),
                });
            }

            File.Delete(file);
        }
    }

    // Names sort by time.
    private string[] Files() => Directory.Exists(folder.ControlOf(run))
        ? [.. Directory.EnumerateFiles(folder.ControlOf(run)).Where(f => !f.EndsWith(".tmp", StringComparison.Ordinal)).Order(StringComparer.Ordinal)]
        : [];
}
