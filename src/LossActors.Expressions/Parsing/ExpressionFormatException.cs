namespace LossActors.Expressions.Parsing;

/// <summary>A text is no expression. The message is one line fit for a console: what is wrong, where, and what to write instead.</summary>
public sealed class ExpressionFormatException : FormatException
{
    /// <summary>Makes the error for a place in the text.</summary>
    /// <param name="problem">What is wrong and what to do, without the place.</param>
    /// <param name="position">Where, as an index into the text, from 0.</param>
    public ExpressionFormatException(string problem, int position)
        : base($"malformed expression at column {position + 1}: {problem}") => Position = position;

    /// <summary>Where the error was noticed: an index into the text, from 0 (the message counts columns from 1).</summary>
    public int Position { get; }
}
