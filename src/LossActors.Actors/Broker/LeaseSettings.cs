namespace LossActors.Actors.Broker;

/// <summary>The times of the lease protocol. Defaults suit slots that report every two seconds.</summary>
public sealed record LeaseSettings
{
    /// <summary>A lease not renewed for so long goes to another slot; several report intervals, so that one lost message costs nothing.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>The most jobs that one lease brings, however large a slot's appetite is; 1: each candidate is evaluated alone.</summary>
    public int LargestCohort { get; init; } = 1024;

    /// <summary>
    /// A lease may run so long; then its slot is told to drop it. If it was for one job, that job fails; if for several, each is tried alone: a slot that keeps its
    /// appetite small enough to finish soon comes here only when one of them hangs.
    /// </summary>
    public TimeSpan JobLimit { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>A slot that has not dropped a job by then hangs in native code, and its process is ended.</summary>
    public TimeSpan AbortGrace { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>A process not heard of for so long is ended, if it can be reached at all.</summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>How often an unacknowledged result is sent to its owner again.</summary>
    public TimeSpan Resend { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How often the book looks at the time.</summary>
    public TimeSpan Tick { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A job whose evaluator died so many times is never tried again.</summary>
    public int DeathsToQuarantine { get; init; } = 3;
}
