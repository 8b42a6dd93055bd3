namespace LossActors.Actors.Runs;

/// <summary>How long a run has been at work, over all processes that owned it; a pause does not count.</summary>
/// <param name="time">The clock.</param>
/// <param name="before">Time at work before this process.</param>
internal sealed class RunClock(TimeProvider time, TimeSpan before)
{
    private TimeSpan _before = before;
    private DateTimeOffset? _since;

    public TimeSpan Active => _since is { } since ? _before + (time.GetUtcNow() - since) : _before;

    public void Start() => _since = time.GetUtcNow();

    public void Stop() => (_before, _since) = (Active, null);
}
