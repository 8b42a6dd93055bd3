namespace LossActors.Learning.Datasets.Fetching;

/// <summary>A dataset that could not be fetched. The message is one line fit for the console: where, what, and what to do.</summary>
public sealed class FetchException : Exception
{
    /// <summary>An exception with a message for the user.</summary>
    public FetchException(string message)
        : base(message)
    {
    }

    /// <summary>An exception with a message for the user and its cause.</summary>
    public FetchException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
