using System.Buffers;
using System.Globalization;
using System.Text.Json;
using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;
using LossActors.Cli.Output;
using LossActors.Expressions;
using LossActors.Learning.Losses;
using LossActors.Learning.Protocols;

namespace LossActors.Cli.Hosting;

/// <summary>A loss as users name one: a run (its best), RUN#rank, a known loss, an expression, or a file that holds one.</summary>
/// <param name="Loss">The loss.</param>
/// <param name="Label">Where it came from, for output.</param>
/// <param name="Experiment">The experiment of the run it came from; null otherwise.</param>
internal sealed record LossReference(LossFunction Loss, string Label, Experiment? Experiment)
{
    private const int MaxFileBytes = 4 << 20;

    private static readonly SearchValues<char> s_notInIds = SearchValues.Create("(*+/ ,");

    private KnownLossName? Known { get; init; }

    /// <summary>Hashes of the data of the run it came from; null otherwise.</summary>
    public string? DataHash { get; private init; }

    /// <summary>The loss as it is for a task: a known one has a form for each kind of task.</summary>
    public LossReference For(EvaluationProtocol protocol) => Known is null ? this : this with { Loss = LossFunction.Of(Known.For(protocol)) };

    /// <summary>Finds out which it is.</summary>
    public static LossReference Resolve(string text, Database database)
    {
        if (File.Exists(text))
        {
            return new(FromFile(text), Shown.Bare(text), null);
        }

        if (string.IsNullOrWhiteSpace(text) || Directory.Exists(text))
        {
            throw new CliException($"{Shown.Text(text)} is {(Directory.Exists(text) ? "a folder" : "empty")}; name a run, RUN#rank, a known loss, an expression, or a file that holds one");
        }

        if (KnownLossName.Find(text) is { } known)
        {
            return new(LossFunction.Of(known.Form()), text, null) { Known = known };
        }

        if (Expression.TryParse(text, out var expression, out var problem))
        {
            if (expression.IsLoss)
            {
                return new(LossFunction.Of(expression), "expression", null);
            }

            problem = NoLoss(text);
        }

        // Ids of runs hold none of these, but the beginning of one may be taken for a number.
        return text.AsSpan().ContainsAny(s_notInIds) || text[^1] == '-' || text is "y" or "f" ? throw new CliException(problem) : FromRun(text, database);
    }

    private static string NoLoss(string text) => $"{Shown.Text(text)} is no loss: it needs both y and f";

    private static LossReference FromRun(string text, Database database)
    {
        var hash = text.LastIndexOf('#');
        var rank = 1;
        if (hash >= 0 && !(int.TryParse(text.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out rank) && rank > 0))
        {
            throw new CliException($"{Shown.Text(text)}: after # comes a rank in the hall of fame, from 1");
        }

        using var store = RunStore.Open(database, hash >= 0 ? text[..hash] : text, out var id);
        var run = store.Reader.Show(id);
        if (run.Experiment.Search.Method == SearchMethod.Baseline)
        {
            throw new CliException($"{id} measured the task loss alone (search.method = baseline): it has no learned loss");
        }

        var row = run.HallOfFame.FirstOrDefault(r => r.Rank == rank) ?? throw new CliException(
            run.HallOfFame.IsEmpty ? $"{id} has no valid loss yet" : Numbers.Text($"{id} has no rank {rank}; its hall of fame has {run.HallOfFame.Length} losses"),
            run.HallOfFame.IsEmpty ? ExitCode.NoValidLoss : ExitCode.Usage);
        return new(LossText.Of(row), Numbers.Text($"{id}#{rank}"), run.Experiment) { DataHash = run.DataHash };
    }

    // An expression in any form on the first line that is not empty, or what `export --to json` writes.
    private static LossFunction FromFile(string path)
    {
        string text;
        try
        {
            text = new FileInfo(path).Length <= MaxFileBytes
                ? File.ReadAllText(path).Trim()
                : throw new CliException($"{Shown.Bare(path)} is too large for a loss");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CliException($"cannot read {Shown.Bare(path)}: {Shown.FirstLine(e.Message)}");
        }

        if (!text.StartsWith('{'))
        {
            var line = text.Split('\n').Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && !l.StartsWith('#')) ?? "";
            return !Expression.TryParse(line, out var expression, out var problem) ? throw new CliException($"{Shown.Bare(path)}: {problem}")
                : expression.IsLoss ? LossFunction.Of(expression)
                : throw new CliException($"{Shown.Bare(path)}: {NoLoss(line)}");
        }

        try
        {
            var root = JsonDocument.Parse(text).RootElement;
            var bare = root.GetProperty("expression").GetString() ?? "";
            return root.TryGetProperty("weights", out var weights)
                ? LossText.Of(bare, [.. weights.EnumerateArray().Select(w => w.GetDouble())])
                : LossFunction.Of(Expression.Parse(bare));
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException or ArgumentException)
        {
            throw new CliException($"{Shown.Bare(path)} is not a loss as `lossactors export --to json` writes it: {UserErrors.OneLine(e.Message)}");
        }
    }
}
