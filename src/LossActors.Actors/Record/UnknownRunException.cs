namespace LossActors.Actors.Record;

/// <summary>The record has no such run. The message is one line for the console. Exit code 2.</summary>
public sealed class UnknownRunException(string message) : Exception(message);
