namespace LossActors.Actors.Control;

/// <summary>The right to work on a run, until it is disposed of. It dies with the process that holds it, so no death leaves a run locked.</summary>
public interface IRunLock : IDisposable
{
    /// <summary>Set when another process has the run in spite of the lock: why. What works on the run must end then.</summary>
    Task<string> Lost { get; }
}
