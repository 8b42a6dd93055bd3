namespace LossActors.Learning.Networks;

/// <summary>A base network that does not exist or does not fit its task. The message is one line, fit for the console.</summary>
public sealed class NetworkException(string message) : Exception(message);
