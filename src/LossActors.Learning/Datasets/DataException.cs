namespace LossActors.Learning.Datasets;

/// <summary>
/// A dataset that cannot be used as the settings ask. The message is one line fit for the console: where (file, line, column), what, and what to do.
/// </summary>
public sealed class DataException : Exception
{
    /// <summary>An exception with a message for the user.</summary>
    public DataException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for the user and its cause.</summary>
    public DataException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
