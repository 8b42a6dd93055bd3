namespace LossActors.Actors.Simulation;

/// <summary>Something cannot be simulated. The message is one line for the user.</summary>
public sealed class SimulationException(string message) : Exception(message);
