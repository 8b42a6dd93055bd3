using System.Text.Json.Nodes;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed class EvalTests
{
    [Fact]
    public async Task ValuesAndDerivativesAreThoseOfTheGoldenVectors()
    {
        foreach (var line in File.ReadLines(Golden("expressions.jsonl")).Take(25))
        {
            var golden = JsonNode.Parse(line)!;
            var run = await CliRun.Of(
                "eval", golden["expr"]!.GetValue<string>(), "--y", List(golden["y"]!), "--f", List(golden["f"]!), "--weights", List(golden["w"]!), "--json");
            Assert.Equal((0, ""), (run.ExitCode, run.Error));
            var json = JsonNode.Parse(run.Out)!;
            Assert.Equal(["expression", "value", "d_f", "d_w", "d2_f_w"], json.AsObject().Select(p => p.Key));
            Assert.Equal(golden["expr"]!.GetValue<string>(), json["expression"]!.GetValue<string>());
            AssertClose(golden["value"]!, json["value"]!.AsArray().Select(Number));
            AssertClose(golden["d_f"]!, json["d_f"]!.AsArray().Select(Number));
            AssertClose(golden["sum_d_w"]!, Sums(json["d_w"]!));
            AssertClose(golden["sum_d2_f_w"]!, Sums(json["d2_f_w"]!));
        }
    }

    [Fact]
    public async Task TheJsonIsExactlyAsDocumented()
    {
        var run = await CliRun.Of("eval", "2*mul(0.5*f, y)", "--y", "0,1", "--f", "-0.5,3", "--json");
        Assert.Equal(
            """{"expression":"mul(f, y)","value":[-0,3],"d_f":[0,1],"d_w":[[0,-0,-0],[0,6,3]],"d2_f_w":[[0,0,0],[0,2,1]]}""",
            JsonNode.Parse(run.Out)!.ToJsonString());
    }

    [Fact]
    public async Task InfinitiesAreStringsInJson()
    {
        var json = JsonNode.Parse((await CliRun.Of("eval", "square(mul(f, y))", "--y", "1e200,1", "--f", "1e200,1", "--json")).Out)!;
        Assert.Equal("Infinity", json["value"]![0]!.GetValue<string>());
        Assert.Equal(1.0, json["value"]![1]!.GetValue<double>());
    }

    [Fact]
    public async Task InfixAndNegativeListsAreRead()
    {
        var run = await CliRun.Of("eval", "-1*y*f", "--y", "-1,2", "--f", "-0.5,1");
        Assert.Equal((0, ""), (run.ExitCode, run.Error));
        Assert.Contains("-0.5", run.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--y has 2 values, --f has 1", "y*f", "--y", "0,1", "--f", "1")]
    [InlineData("--f: 'x' is not a number", "y*f", "--y", "0", "--f", "x")]
    [InlineData("--y: '' is not a number", "y*f", "--y", "0,", "--f", "0,1")]
    [InlineData("--y: 'NaN' is not a number", "y*f", "--y", "NaN", "--f", "1")]
    [InlineData("--weights has 2 values, but the expression has 3 nodes", "y*f", "--y", "0", "--f", "1", "--weights", "1,2")]
    [InlineData("malformed expression", "log(f", "--y", "0", "--f", "1")]
    [InlineData("malformed expression", "foo(y)", "--y", "0", "--f", "1")]
    [InlineData("malformed expression", "", "--y", "0", "--f", "1")]
    [InlineData("'--y' is required", "y*f", "--f", "1")]
    public async Task WrongInputIsOneLine(string message, params string[] args) =>
        (await CliRun.Of(["eval", .. args])).IsOneLine(ExitCode.Usage, message);

    [Theory]
    [InlineData("log(", ")")]
    [InlineData("(", ")")]
    [InlineData("add(y,", ")")]
    public async Task AbsurdlyDeepExpressionsAreOneLine(string open, string close)
    {
        var text = string.Concat(Enumerable.Repeat(open, 3000)) + "f" + string.Concat(Enumerable.Repeat(close, 3000));
        (await CliRun.Of("eval", "--y", "0", "--f", "1", "--", text)).IsOneLine(ExitCode.Usage, "malformed expression");
    }

    private static string Golden(string name) => Path.Combine(AppContext.BaseDirectory, "Golden", name);

    private static string List(JsonNode numbers) => string.Join(',', numbers.AsArray().Select(n => n!.ToJsonString()));

    private static double Number(JsonNode? node) => node!.GetValue<double>();

    private static IEnumerable<double> Sums(JsonNode points) =>
        Enumerable.Range(0, points[0]!.AsArray().Count).Select(node => points.AsArray().Sum(point => Number(point![node])));

    private static void AssertClose(JsonNode expected, IEnumerable<double> actual) =>
        Assert.All(expected.AsArray().Select(Number).Zip(actual), pair =>
        {
            var (a, b) = pair;
            Assert.True(Math.Abs(a - b) <= 1e-9 * Math.Max(1, Math.Max(Math.Abs(a), Math.Abs(b))), $"{a} and {b}");
        });
}
