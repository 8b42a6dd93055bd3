using System.Text.Json;
using LossActors.Expressions.Export;
using Xunit;

namespace LossActors.Expressions.Tests.Export;

public sealed class ExporterTests
{
    [Theory]
    [InlineData("square(y - f)", @"\left(y - f(x)\right)^{2}")]
    [InlineData("0.5*abs(log(1.25*y*f))", @"0.5 \cdot \left|\ln\left|1.25 \cdot y \cdot f(x)\right|\right|")]
    [InlineData("y / (f + 1)", @"\frac{y}{\sqrt{1 + \left(f(x) + 1\right)^{2}}}")]
    [InlineData("(-1) * -f", @"\left(-1\right) \cdot \left(-f(x)\right)")]
    [InlineData("max(2e-9*1, sign(tanh(sqrt(f))))", @"\max\left(2 \cdot 10^{-9},\, \operatorname{sgn}\left(\tanh\left(\sqrt{\left|f(x)\right|}\right)\right)\right)")]
    [InlineData("y - (f - 1)", @"y - \left(f(x) - 1\right)")]
    public void LatexIsWhatATypesetterExpects(string text, string formula) =>
        Assert.Equal(@"\mathcal{L}(y, f(x)) = " + formula + "\n", Exporter.Export(Expression.Parse(text), ExportFormat.Latex));

    [Fact]
    public void TheExpressionFormatReadsBack()
    {
        var expression = Expression.Parse("0.1*log(1.3*f) * y");
        Assert.Equal(expression, Expression.Parse(Exporter.Export(expression, ExportFormat.Expression)));
    }

    [Fact]
    public void JsonHoldsStructureAndWeightsApart()
    {
        var json = JsonDocument.Parse(Exporter.Export(Expression.Parse("0.1*log(1.3*f) * y"), ExportFormat.Json)).RootElement;
        Assert.Equal("mul(log(f), y)", json.GetProperty("expression").GetString());
        Assert.Equal([1, 0.1, 1.3, 1], json.GetProperty("weights").EnumerateArray().Select(w => w.GetDouble()));
        Assert.Equal(4, json.GetProperty("complexity").GetInt32());
    }
}
