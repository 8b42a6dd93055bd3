using System.Text;
using CsCheck;
using LossActors.Expressions.Parsing;
using Xunit;

namespace LossActors.Expressions.Tests.Parsing;

public sealed class ParserTests
{
    [Theory]
    [InlineData("y", "y")]
    [InlineData("f(x)", "f")]
    [InlineData(" f ( x ) ", "f")]
    [InlineData("-1", "-1")]
    [InlineData("- 1", "-1")]
    [InlineData("2.5", "2.5*1")]
    [InlineData("-0.5", "-0.5*1")]
    [InlineData("2*3", "6*1")]
    [InlineData("2*-1", "2*-1")]
    [InlineData("y * log(f)", "mul(y, log(f))")]
    [InlineData("0.98*log(1.2*f)", "0.98*log(1.2*f)")]
    [InlineData("mul(0.98*log(f), y)", "mul(0.98*log(f), y)")]
    [InlineData("2*y*f", "mul(2*y, f)")]
    [InlineData("2*(y*f)", "2*mul(y, f)")]
    [InlineData("y*2*f", "mul(y, 2*f)")]
    [InlineData("y*2", "mul(y, 2*1)")]
    [InlineData("2*3*f", "6*f")]
    [InlineData("2/f", "div(2*1, f)")]
    [InlineData("-1*f", "-1*f")]
    [InlineData("(-1)*f", "mul(-1, f)")]
    [InlineData("-y*f", "mul(-1*y, f)")]
    [InlineData("-(y*f)", "-1*mul(y, f)")]
    [InlineData("--f", "f")]
    [InlineData("y - -f", "sub(y, -1*f)")]
    [InlineData("y-1", "sub(y, 1)")]
    [InlineData("y - f - 1", "sub(sub(y, f), 1)")]
    [InlineData("y - (f - 1)", "sub(y, sub(f, 1))")]
    [InlineData("y + f*y/f", "add(y, div(mul(f, y), f))")]
    [InlineData("max(y - f, min(y, -1))", "max(sub(y, f), min(y, -1))")]
    [InlineData("1e-3*sqrt(.5*f)", "0.001*sqrt(0.5*f)")]
    public void EveryFormOfTheGrammarIsRead(string text, string weightedFunctionForm) =>
        Assert.Equal(weightedFunctionForm, Expression.Parse(text).ToString());

    [Theory]
    [InlineData("", 0, "the end")]
    [InlineData("lg(f)", 0, "unknown name 'lg'")]
    [InlineData("Log(f)", 0, "unknown name 'Log'")]
    [InlineData("log(f, y)", 5, "one argument")]
    [InlineData("mul(f)", 5, "two arguments")]
    [InlineData("log f", 4, "'('")]
    [InlineData("f(y)", 2, "f(x)")]
    [InlineData("y +", 3, "the end")]
    [InlineData("y f", 2, "after the end")]
    [InlineData("2f", 1, "after the end")]
    [InlineData("(y", 2, "')'")]
    [InlineData("y)", 1, "after the end")]
    [InlineData("1e999*f", 0, "not a finite number")]
    [InlineData("1e300*1e300*f", 13, "infinity")]
    [InlineData("y \u0007 f", 2, "U+0007")]
    [InlineData("y\0", 1, "U+0000")]
    public void AMistakeIsNamedWithItsPlace(string text, int position, string message)
    {
        var error = Assert.Throws<ExpressionFormatException>(() => Expression.Parse(text));
        Assert.Equal(position, error.Position);
        Assert.Contains(message, error.Message);
        Assert.Contains($"column {position + 1}", error.Message);
        Assert.False(Expression.TryParse(text, out var expression, out var line));
        Assert.Null(expression);
        Assert.Equal(error.Message, line);
    }

    public static TheoryData<string, string> AbsurdTexts() => new()
    {
        { "3,000 calls", string.Concat(Enumerable.Repeat("log(", 3000)) + "f" + new string(')', 3000) },
        { "3,000 parentheses", new string('(', 3000) + "f" + new string(')', 3000) },
        { "a sum of 3,000 terms, a tree 2,999 high", string.Join(" + ", Enumerable.Repeat("f", 3000)) },
        { "10 MB of nothing", new string(' ', 10 << 20) },
        { "10 MB of digits", new string('9', 10 << 20) },
        { "900,000 digits", new string('9', 900_000) },
        { "a wide tree of 8,191 nodes", Wide(12) },
    };

    [Theory]
    [MemberData(nameof(AbsurdTexts))]
    public void AnAbsurdTextIsRefusedInOneShortLine(string _, string text)
    {
        var error = Assert.Throws<ExpressionFormatException>(() => Expression.Parse(text));
        Assert.DoesNotContain('\n', error.Message);
        Assert.True(error.Message.Length < 250, error.Message);
    }

    [Fact]
    public void TheLargestTreesAllowedAreRead()
    {
        Assert.Equal(2047, Expression.Parse(Wide(10)).Count);
        var tower = string.Concat(Enumerable.Repeat("log(", ExpressionLimits.MaxDepth)) + "f" + new string(')', ExpressionLimits.MaxDepth);
        Assert.Equal(ExpressionLimits.MaxDepth, Expression.Parse(tower).Height);
    }

    [Fact]
    public void AThousandMinusesAreNoRecursion() => Assert.Equal("f", Expression.Parse(new string('-', 100_000) + "f").ToString());

    [Fact]
    public void RandomBytesNeverDoWorseThanAFormatError() =>
        Gen.OneOf(
            Gen.Byte.Array[0, 60].Select(bytes => Encoding.Latin1.GetString(bytes)),
            Gen.Char["yf1-+*/(), .e29xlogsqrtmin\n"].Array[0, 40].Select(chars => new string(chars)))
        .Sample(text =>
        {
            if (!Expression.TryParse(text, out var expression, out var error))
            {
                Assert.DoesNotContain('\n', error);
            }
            else
            {
                Assert.Equal(expression, Expression.Parse(expression.ToString()));
            }
        }, iter: 20_000);

    private static string Wide(int height) => height == 0 ? "f" : $"add({Wide(height - 1)},{Wide(height - 1)})";
}
