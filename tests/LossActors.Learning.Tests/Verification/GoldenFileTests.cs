using System.Text.Json.Nodes;
using LossActors.Learning.Tests.Support;
using LossActors.Learning.Verification;
using Xunit;

namespace LossActors.Learning.Tests.Verification;

public sealed class GoldenFileTests
{
    [Fact]
    public void AllGoldenTrainingsAgree()
    {
        var report = GoldenFile.Verify(Golden.Training);

        Assert.Equal(30, report.Rows.Length);
        Assert.All(report.Rows, row => Assert.True(row.Agrees(report.Tolerance), row.ToString()));
    }

    [Fact]
    public void AllGoldenExpressionsAgreeInDoublePrecision()
    {
        var report = GoldenFile.Verify(Golden.Expressions);

        Assert.Equal(200, report.Rows.Length);
        Assert.All(report.Rows, row => Assert.True(row.Agrees(report.Tolerance), row.ToString()));
    }

    [Fact]
    public void NinetyNinePercentOfGoldenExpressionsAgreeInSinglePrecision()
    {
        var report = GoldenFile.Verify(Golden.Expressions, singlePrecision: true);

        Assert.True(report.Holds, $"{report.Agreeing} of {report.Rows.Length}: {string.Join(", ", report.Rows.Where(r => !r.Agrees(report.Tolerance)))}");
    }

    [Fact]
    public void ARowThatDisagreesIsCountedAndNamed()
    {
        var lines = File.ReadAllLines(Golden.Expressions)[..3];
        lines[1] = lines[1].Replace("\"value\": [", "\"value\": [1e3, ", StringComparison.Ordinal);

        var report = Verify(lines);

        Assert.Equal(2, report.Agreeing);
        Assert.False(report.Holds);
        Assert.Equal(double.PositiveInfinity, report.WorstError);
        Assert.StartsWith("value", report.Rows[1].Worst, StringComparison.Ordinal);
    }

    [Fact]
    public void ATrainingWhoseMetaGradientIsOffIsFoundOut()
    {
        var lines = File.ReadAllLines(Golden.Training);
        var row = JsonNode.Parse(lines[0])!;
        row["meta_gradient"]![1] = row["meta_gradient"]![1]!.GetValue<double>() + 1e-6;
        lines[0] = row.ToJsonString();

        var report = Verify(lines);

        Assert.Equal(29, report.Agreeing);
        Assert.False(report.Holds);
        Assert.StartsWith("meta_gradient", report.Rows[0].Worst, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"expr\": ", "line 1: not valid JSON")]
    [InlineData("[1, 2]", "line 1: not a JSON object")]
    [InlineData("", "is empty")]
    [InlineData("{\"expr\": \"add(y, f)\"}", "line 1: neither \"value\"")]
    [InlineData("{\"expr\": \"add(y\", \"value\": [1], \"w\": [1]}", "line 1: \"expr\" is no expression")]
    [InlineData("{\"expr\": \"add(y, f)\", \"value\": [1], \"w\": [1]}", "3 nodes")]
    [InlineData("{\"expr\": \"add(y, f)\", \"value\": [1], \"w\": [1, 1, 1], \"y\": [true], \"f\": [1]}", "\"y\" holds True")]
    [InlineData("{\"start\": 1, \"expr\": \"add(y, f)\", \"w\": [1, 1, 1]}", "the key \"kind\" is missing")]
    public void AMalformedFileIsRefusedInOneLine(string content, string part)
    {
        var error = Assert.Throws<VerificationException>(() => Verify(content));

        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Fact]
    public void AFileThatMixesKindsIsRefused()
    {
        var error = Assert.Throws<VerificationException>(() =>
            Verify(File.ReadLines(Golden.Expressions).First(), File.ReadLines(Golden.Training).First()));

        Assert.Contains("line 2: the file mixes", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFileIsRefused() =>
        Assert.Contains("no such file", Assert.Throws<VerificationException>(() => GoldenFile.Verify("no/such.jsonl")).Message, StringComparison.Ordinal);

    private static VerificationReport Verify(params string[] lines)
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, lines);
            return GoldenFile.Verify(path);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
