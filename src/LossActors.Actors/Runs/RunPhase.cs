namespace LossActors.Actors.Runs;

/// <summary>Where a run is in its life.</summary>
public enum RunPhase
{
    /// <summary>Islands propose, evaluators work.</summary>
    Running,
    /// <summary>No new leases; in-flight work is finished and kept.</summary>
    Paused,
    /// <summary>Nothing new is proposed; what was proposed is finished.</summary>
    Stopping,
    /// <summary>The finalists are re-measured on fresh replicates.</summary>
    Finals,
    /// <summary>Over.</summary>
    Completed,
    /// <summary>Ended by the user at once.</summary>
    Cancelled,
    /// <summary>It could not go on.</summary>
    Failed,
}
