namespace LossActors.Learning.Datasets.Fetching;

/// <summary>A transfer that broke off, and that may go better another time.</summary>
internal sealed class BrokenOffException(string message, Exception? cause = null) : Exception(message, cause);
