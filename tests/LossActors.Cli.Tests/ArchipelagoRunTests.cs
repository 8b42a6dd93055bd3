using System.Data.Common;
using System.Text.Json.Nodes;
using LossActors.Actors.Persistence;
using Xunit;

namespace LossActors.Cli.Tests;

/// <summary>A search on islands that differ, over links of their own, from the first command to the last, with a real evaluator process.</summary>
public sealed class ArchipelagoRunTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("lossactors-archipelago");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task IslandsThatDifferMigrateOverTheirLinksAndCannotBeChangedWhenTheRunGoesOn()
    {
        string[] settings =
        [
            "search.islands=3", "search.population=6", "search.window=2", "search.graph=0 to 1, 1 to 2 weight 0.5, 2 to 0", "search.migration.every=5",
            "search.migration.handling=evict", "search.migration.replacement=worst", "search.stagnation.after=8", "search.stagnation.keep=nothing",
            "search.overrides=[{ islands = [1], primitives = [y, f, sub, mul, square, log], budget = 2 }]",
            "training.steps=20", "filters.steps=50", "refinement.policy=none", "search.finalists=2", "search.final-replicates=1",
        ];
        var run = await CliRun.Of(
            ["run", "breast-cancer", "--strict", "--evaluations", "80", "--evaluators", "1", "--progress", "none", .. settings.SelectMany(s => (string[])["--set", s]), "--data-dir", _folder.FullName]);
        Assert.True(run.ExitCode is 0, run.Error);
        var id = run.Out.Split('\n')[0].Trim();

        var search = JsonNode.Parse((await CliRun.Of("show", id, "--json", "--data-dir", _folder.FullName)).Out)!["experiment"]!["search"]!;
        Assert.Equal(["0 to 1", "1 to 2 weight 0.5", "2 to 0"], search["graph"]!.AsArray().Select(link => link!.GetValue<string>()));
        Assert.Equal([20, 40, 20], Numbers("SELECT count(*) FROM candidates GROUP BY island ORDER BY island"));
        Assert.All(Numbers("SELECT 10 * \"from\" + \"to\" FROM migrants"), link => Assert.Contains(link, (long[])[1, 12, 20]));
        Assert.NotEmpty(Numbers("SELECT birth FROM resets"));
        Assert.DoesNotContain("tanh", Texts("SELECT expression FROM candidates WHERE island = 1"), StringComparison.Ordinal);

        var verified = await CliRun.Of("verify", id, "--data-dir", _folder.FullName);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);
        (await CliRun.Of("resume", id, "--evaluations", "100", "--set", "search.migration.handling=preserve", "--data-dir", _folder.FullName))
            .IsOneLine(ExitCode.ResumeRefused, "search.migration.handling is \"preserve\", was \"evict\"");
    }

    [Fact]
    public async Task IslandsHaveNetworksAndDatasetsOfTheirOwnAndTheBestOfAllAreMeasuredOnAll()
    {
        string[] settings =
        [
            "search.islands=3", "search.population=6", "search.window=2", "search.migration.every=4", "relative-errors=true",
            "tasks=[{ task { dataset = diabetes }, network { kind = linear } }, { network { hidden = [4] } }]",
            "search.overrides=[{ islands = [0], tasks = [0] }, { islands = [1], tasks = [1] }, { islands = [2], tasks = [2] }]",
            "training.steps=20", "filters.steps=50", "refinement.policy=none", "search.finalists=3", "search.final-replicates=1",
        ];
        var run = await CliRun.Of(
            ["run", "breast-cancer", "--strict", "--evaluations", "120", "--evaluators", "1", "--progress", "plain", .. settings.SelectMany(s => (string[])["--set", s]), "--data-dir", _folder.FullName]);
        Assert.True(run.ExitCode is 0, run.Error);
        var id = run.Out.Split('\n')[0].Trim();

        Assert.Contains(" on task 1 by 1:", run.Error, StringComparison.Ordinal);
        var islands = JsonNode.Parse((await CliRun.Of("islands", id, "--json", "--data-dir", _folder.FullName)).Out)!.AsArray();
        Assert.Equal([0, 1, 2], islands.Select(island => island!["tasks"]!.AsArray().Single()!.GetValue<int>()));
        Assert.NotEmpty(Numbers("SELECT birth FROM candidates WHERE origin = 'immigrant'"));

        // On the way each island's own task alone, at the end all three.
        Assert.Equal([0, 1, 2], Numbers("SELECT DISTINCT number FROM fitness_parts WHERE fresh = 0 ORDER BY number"));
        Assert.Empty(Numbers("SELECT number FROM fitness_parts WHERE fresh = 0 AND CAST(substr(candidate, 1, 1) AS INTEGER) <> number"));
        Assert.Equal([3, 3, 3], Numbers("SELECT count(*) FROM fitness_parts WHERE fresh = 1 GROUP BY candidate"));

        // Of more than one island; a loss that is the best of two is measured once.
        Assert.InRange(Numbers("SELECT count(DISTINCT candidate) FROM fitness_parts WHERE fresh = 1 GROUP BY substr(candidate, 1, 1)").Count, 2, 3);

        var verified = await CliRun.Of("verify", id, "--data-dir", _folder.FullName);
        Assert.True(verified.ExitCode is 0, verified.Out + verified.Error);
        Assert.True((await CliRun.Of("report", id, "--output", _folder.FullName, "--data-dir", _folder.FullName)).ExitCode is 0);
        var report = await File.ReadAllTextAsync(_folder.EnumerateFiles("*.html").Single().FullName, TestContext.Current.CancellationToken);
        Assert.Contains("whose errors do not compare", report, StringComparison.Ordinal);
    }

    private List<long> Numbers(string sql) => Read(sql, row => row.GetInt64(0));

    private string Texts(string sql) => string.Join('\n', Read(sql, row => row.GetString(0)));

    private List<T> Read<T>(string sql, Func<DbDataReader, T> value)
    {
        using var db = new SqliteDatabase(new DataFolder(_folder.FullName)).Open();
        using var command = db.CreateCommand();
        command.CommandText = sql;
        using var row = command.ExecuteReader();
        var values = new List<T>();
        while (row.Read())
        {
            values.Add(value(row));
        }

        return values;
    }
}
