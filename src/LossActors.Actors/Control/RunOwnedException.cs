namespace LossActors.Actors.Control;

/// <summary>Another process owns the run. The message is one line for the console.</summary>
public sealed class RunOwnedException(string run, Exception? inner = null)
    : Exception($"Run {run} is being worked on by another process. Watch it with 'lossactors watch {run}', or stop it with 'lossactors stop {run}'.", inner);
