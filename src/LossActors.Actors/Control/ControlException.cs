namespace LossActors.Actors.Control;

/// <summary>A run could not be steered. The message is one line for the console.</summary>
public sealed class ControlException(string message) : Exception(message);
