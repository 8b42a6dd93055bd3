using System.Diagnostics.CodeAnalysis;

namespace LossActors.Expressions.Parsing;

/// <summary>Reads expressions in function form, in infix, and in any mixture of the two.</summary>
/// <remarks>
/// <code>
/// sum     = product { ("+" | "-") product }
/// product = factor { ("*" | "/") factor }
/// factor  = { "-" } ( number "*" factor | number | primary )
/// primary = "y" | "f" | "f(x)" | name "(" sum [ "," sum ] ")" | "(" sum ")"
/// </code>
/// <para>
/// <c>/</c> is the analytic quotient <c>div</c>. A number directly before <c>*</c> is the weight of the factor that
/// follows it: <c>0.98*log(1.2*f)</c> is log with coefficient 0.98 of f with coefficient 1.2, and <c>2*y*f</c> is the
/// product of y with coefficient 2 and f. A minus before a primary negates its coefficient. Any other number is a terminal: 1 and -1 are the
/// terminals of these names, another number c is the terminal 1 with coefficient c. So <c>-1*f</c> is f with coefficient -1 and
/// <c>(-1)*f</c> is a product of two terminals. A weight before parentheses goes to the outermost operation inside.
/// </para>
/// <para>
/// The weight of the whole expression becomes the root's coefficient, a fixed scale. Spaces between symbols mean nothing.
/// Sizes are bounded by <see cref="ExpressionLimits"/>.
/// </para>
/// </remarks>
public static class ExpressionParser
{
    /// <summary>Reads an expression.</summary>
    /// <param name="text">The whole text; nothing may follow the expression.</param>
    /// <exception cref="ExpressionFormatException">The text is no expression, or beyond the limits.</exception>
    public static Expression Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > ExpressionLimits.MaxLength)
        {
            throw new ExpressionFormatException(
                $"the text has {text.Length} characters; at most {ExpressionLimits.MaxLength} are read, so shorten it", ExpressionLimits.MaxLength);
        }

        return new ExpressionReader(text).ReadAll();
    }

    /// <summary>Reads an expression, or says in one line why the text is none.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out Expression? expression, [NotNullWhen(false)] out string? error)
    {
        try
        {
            expression = Parse(text ?? "");
            error = null;
            return true;
        }
        catch (ExpressionFormatException malformed)
        {
            expression = null;
            error = malformed.Message;
            return false;
        }
    }
}
