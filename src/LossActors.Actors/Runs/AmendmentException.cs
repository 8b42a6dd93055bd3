namespace LossActors.Actors.Runs;

/// <summary>A search cannot be changed so. The message is one line for the console.</summary>
public sealed class AmendmentException(string message, Exception? inner = null) : Exception(message, inner);
