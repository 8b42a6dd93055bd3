namespace LossActors.Actors.Runs;

/// <summary>How this process's part in a run ended.</summary>
/// <param name="State"><c>completed</c>, <c>cancelled</c>, <c>failed</c>, or <c>interrupted</c>: saved, and to be resumed.</param>
/// <param name="Losses">How many losses the final hall of fame holds; 0 also where the run is not complete.</param>
/// <param name="Reason">For a failed or stopped run: why. For an interrupted one: what in the environment keeps every evaluator from working (exit code 5), or that its node ended; null
/// when it was interrupted from outside.</param>
public sealed record RunOutcome(string State, int Losses, string? Reason)
{
    /// <summary>Whether the node ended under the run, which can go on in a new one at once.</summary>
    public bool NodeEnded { get; init; }

    /// <summary>Whether the node was asked to leave, and has still to.</summary>
    public bool IsDismissed { get; init; }
}
