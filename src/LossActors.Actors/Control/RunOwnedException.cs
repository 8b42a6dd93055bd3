using LossActors.Actors.Persistence;

namespace LossActors.Actors.Control;

/// <summary>Another process owns the run. The message is one line for the console.</summary>
public sealed class RunOwnedException(DataFolder folder, string run, Exception? inner = null)
    : Exception($"Run {run} is being worked on by another process. Watch it with `lossactors watch {run}{folder.Option}`, or stop it with `lossactors stop {run}{folder.Option}`.", inner);
