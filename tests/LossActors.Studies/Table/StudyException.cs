namespace LossActors.Studies.Table;

/// <summary>A study cannot go on; the message says why.</summary>
internal sealed class StudyException(string message) : Exception(message);
