namespace LossActors.Actors.Experiments;

/// <summary>An experiment that cannot be run as written: the message is one line for the user (what, where, what to do).</summary>
public sealed class ExperimentException : Exception
{
    /// <summary>Says what is wrong, in one line.</summary>
    public ExperimentException(string message)
        : base(message)
    {
    }

    /// <summary>Says what is wrong, in one line, and keeps the cause.</summary>
    public ExperimentException(string message, Exception cause)
        : base(message, cause)
    {
    }
}
