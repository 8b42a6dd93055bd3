using System.Collections.Immutable;

namespace LossActors.Actors.Record;

/// <summary>A stretch of time in which a run was at work.</summary>
internal sealed record IntervalRow
{
    /// <summary>When it began.</summary>
    public DateTimeOffset StartedAt { get; init; }

    /// <summary>When the last thing in it was recorded.</summary>
    public DateTimeOffset EndedAt { get; init; }
}

/// <summary>Turns times of day into a run's active time, in which pauses and the time between two processes do not count.</summary>
internal sealed class ActiveClock
{
    private readonly ImmutableArray<IntervalRow> _intervals;

    private ActiveClock(ImmutableArray<IntervalRow> intervals) => _intervals = intervals;

    public static ActiveClock Of(IEnumerable<IntervalRow> intervals) => new([.. intervals]);

    /// <summary>Active seconds up to a moment.</summary>
    public double At(DateTimeOffset moment) =>
        _intervals.Sum(i => moment <= i.StartedAt ? 0 : ((moment < i.EndedAt ? moment : i.EndedAt) - i.StartedAt).TotalSeconds);
}
