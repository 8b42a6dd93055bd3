namespace LossActors.Actors.Control;

/// <summary>Another process owns the run. The message is one line for the console.</summary>
/// <param name="run">The run.</param>
/// <param name="option">What a command line needs to find it again.</param>
/// <param name="inner">How that was noticed.</param>
public sealed class RunOwnedException(string run, string option, Exception? inner = null)
    : Exception($"Run {run} is being worked on by another process. Watch it with `lossactors watch {run}{option}`, or stop it with `lossactors stop {run}{option}`.", inner);
