using System.Text.RegularExpressions;
using System.Xml.Linq;
using LossActors.Cli.Report;
using LossActors.Expressions;
using Xunit;

namespace LossActors.Cli.Tests;

public sealed partial class ReportTests
{
    private static readonly DateTimeOffset s_now = new(2026, 1, 2, 4, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("error-rate")]
    [InlineData("mse")]
    public void AReportHasEverySection(string metric)
    {
        var html = HtmlReport.Render(SampleRun.Create(metric: metric), s_now);
        foreach (var heading in (string[])["The best loss", "Fitness", "Hall of fame", "Lineage of the best", "Gates", "Refinement", "Migrants", "Which data decided what", "How to repeat it"])
        {
            Assert.Contains($"<h2>{heading}</h2>", html, StringComparison.Ordinal);
        }

        Assert.Equal(7, Plot().Count(html));
        Assert.Contains("<math", html, StringComparison.Ordinal);
    }

    [Fact]
    public void AReportRefersToNothingOutsideAndRunsNothing()
    {
        var html = HtmlReport.Render(SampleRun.Create(), s_now);
        Assert.DoesNotContain("<script", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("<link", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotMatch(@"(src|href)\s*=\s*""(?!#)", html);
        Assert.DoesNotMatch(@"url\((?!#)", html);
    }

    [Fact]
    public void PlotsOfOnePageShareNoIdsAndFollowTheTheme()
    {
        var html = HtmlReport.Render(SampleRun.Create(), s_now);
        var ids = Id().Matches(html).Select(m => m.Groups[1].Value).ToList();
        Assert.NotEmpty(ids);
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(Reference().Matches(html), m => Assert.Contains(m.Groups[1].Value, ids));
        Assert.DoesNotContain("rgb(7,7,", html, StringComparison.Ordinal);
        Assert.Contains("var(--s1)", html, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatUsersChangedIsToldIfTheyChangedAnything()
    {
        var data = SampleRun.Create();
        Assert.DoesNotContain("Changes while it went on", HtmlReport.Render(data, s_now), StringComparison.Ordinal);

        var html = HtmlReport.Render(data with { Run = data.Run with { Amendments = [new(1, "ask", "close island 2 <now>", s_now)] } }, s_now);
        Assert.Contains("<h2>Changes while it went on</h2>", html, StringComparison.Ordinal);
        Assert.Contains("close island 2 &lt;now&gt;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void WhereCandidatesWereStoppedIsToldIfAnyWere()
    {
        var data = SampleRun.Create();
        Assert.DoesNotContain("<h2>Racing</h2>", HtmlReport.Render(data, s_now), StringComparison.Ordinal);

        var stopped = data.Candidates[0] with { Verdict = "stopped", Fitness = 0.0123, FitnessSteps = 37, StoppedAt = 37, TrainedSteps = 37, SavedSteps = 463 };
        var html = HtmlReport.Render(
            data with { Run = data.Run with { CandidateSteps = 537, SavedSteps = 463 }, Candidates = [stopped, .. data.Candidates], Lineage = [stopped] }, s_now);
        Assert.Contains("<h2>Racing</h2>", html, StringComparison.Ordinal);
        Assert.Contains("53.7 %", html, StringComparison.Ordinal);
        Assert.Contains("stopped, measured after 37 steps", html, StringComparison.Ordinal);
    }

    // Fresh replicates of the sample lie 0 and 0.006 above the search's fitness.
    [Fact]
    public void TheWinnersCurseIsToldInOneSentence()
    {
        var data = SampleRun.Create();
        Assert.Contains("0.003 more (winner&#39;s curse).", HtmlReport.Render(data, s_now), StringComparison.Ordinal);
        Assert.DoesNotContain("winner&#39;s curse", HtmlReport.Render(data with { Run = data.Run with { Finalists = [] } }, s_now), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAMeanHidesIsToldPartByPart()
    {
        var data = SampleRun.Create();
        Assert.DoesNotContain("Every task", HtmlReport.Render(data, s_now), StringComparison.Ordinal);

        var experiment = data.Run.Experiment;
        var protocol = experiment.Protocol with
        {
            Task = new() { Dataset = "digits" },
            Training = new() { Steps = 500, Horizons = [0.1] },
            FurtherTasks = [new() { Task = new() { Dataset = "diabetes" }, Network = new() { Kind = "linear" } }],
        };
        var first = data.Run.HallOfFame[0] with { TaskErrors = [0.0123, 0.456], HorizonErrors = [0.0789, 0.0123] };
        var html = HtmlReport.Render(
            data with { Run = data.Run with { Experiment = experiment with { Protocol = protocol }, HallOfFame = [first, .. data.Run.HallOfFame[1..]] } }, s_now);

        Assert.Matches("diabetes, linear</th>(.|\n)*0\\.0123</td><td class=\"n\">0\\.456</td>", html);
        Assert.Matches("after 50 steps</th>(.|\n)*after 500 steps</th>(.|\n)*0\\.0789</td><td class=\"n\">0\\.0123</td>", html);
    }

    [Fact]
    public void FiltersHaveTheirSharesCostAndSavings()
    {
        var data = SampleRun.Create();
        var html = HtmlReport.Render(
            data with { Gates = [new() { Verdict = "trained", Candidates = 25, Seconds = 50, SavedSeconds = 0 }, new() { Verdict = "rejected", Candidates = 75, Seconds = 1.5, SavedSeconds = 150 }] }, s_now);
        Assert.Contains("ended 75.0 % of all candidates, for 1.5 seconds of evaluator time, and saved 150.0.", html, StringComparison.Ordinal);
        Assert.Contains("<td>rejected</td><td class=\"n\">75</td><td class=\"n\">75.0 %</td><td class=\"n\">20.0</td>", html, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatUsersWroteIsEscaped()
    {
        var data = SampleRun.Create();
        var html = HtmlReport.Render(data with { Run = data.Run with { Reason = "<b>", DataHash = "<img src=x onerror=alert(1)>" }, Lineage = [data.Candidates[0] with { Origin = "<i>&" }] }, s_now);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
        Assert.Contains("&lt;i&gt;&amp;", html, StringComparison.Ordinal);
    }

    [Fact]
    public void ARunWithoutAnyTrainedCandidateHasAReportToo()
    {
        var data = SampleRun.Create(state: "running");
        var html = HtmlReport.Render(
            data with { Run = data.Run with { HallOfFame = [], Baseline = null }, Candidates = [], Gates = [], Migrants = [], Refinements = [], Lineage = [] }, s_now);
        Assert.Contains("No candidate has been trained.", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("mul(y, log(f))", "<mi>ln</mi>")]
    [InlineData("div(sub(y, f), add(y, 1))", "<mfrac>")]
    [InlineData("square(-0.5*tanh(max(min(sign(abs(sqrt(y))), f), -1)))", "<msup>")]
    [InlineData("1.5e-7*mul(y, -1*f)", "10")]
    public void FormulasAreWellFormedMathMl(string text, string containing)
    {
        var markup = MathMl.Write(Expression.Parse(text));
        Assert.Equal("math", XElement.Parse(markup).Name.LocalName);
        Assert.Contains(containing, markup, StringComparison.Ordinal);
    }

    [Fact]
    public void SumsInProductsAndSquaresGetParentheses()
    {
        Assert.Contains("<mo>(</mo><mi>y</mi><mo>+</mo>", MathMl.Write(Expression.Parse("mul(add(y, f), f)")), StringComparison.Ordinal);
        Assert.Contains("<msup><mrow><mrow><mo>(</mo>", MathMl.Write(Expression.Parse("square(sub(y, f))")), StringComparison.Ordinal);
        Assert.DoesNotContain("<mo>(</mo><mi>y</mi><mo>·", MathMl.Write(Expression.Parse("mul(mul(y, f), f)")), StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg viewBox=")]
    private static partial Regex Plot();

    [GeneratedRegex(" id=\"([^\"]+)\"")]
    private static partial Regex Id();

    [GeneratedRegex(@"url\(#([^)]+)\)")]
    private static partial Regex Reference();
}
