namespace LossActors.Actors.Migration;

/// <summary>A run was not migrated, and nothing was changed. The message is one line for the console.</summary>
public sealed class MigrationException(string message) : Exception(message)
{
    /// <summary>Whether it was there already.</summary>
    public bool IsThere { get; init; }
}
