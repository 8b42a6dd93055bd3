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
}
