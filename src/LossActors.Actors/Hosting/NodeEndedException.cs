namespace LossActors.Actors.Hosting;

/// <summary>A search node ended while it was being opened; another one may begin at once.</summary>
/// <param name="message">One line, for the user.</param>
public sealed class NodeEndedException(string message) : Exception(message);
