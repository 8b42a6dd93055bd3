namespace LossActors.Expressions.Parsing;

/// <summary>How large a text and its expression may be; beyond, parsing refuses it instead of exhausting stack or memory.</summary>
public static class ExpressionLimits
{
    /// <summary>Most levels: nested parentheses and calls in the text, and edges from the root to a terminal in the tree.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most nodes of the tree.</summary>
    public const int MaxNodes = 4096;

    /// <summary>Most characters of the text.</summary>
    public const int MaxLength = 1_000_000;
}
