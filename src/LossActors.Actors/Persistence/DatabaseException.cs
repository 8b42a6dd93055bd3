namespace LossActors.Actors.Persistence;

/// <summary>The database cannot be used. The message is one line for the console: what, where, what to do. Exit code 5.</summary>
public sealed class DatabaseException : Exception
{
    /// <summary>With a message fit for the console.</summary>
    public DatabaseException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }
}
