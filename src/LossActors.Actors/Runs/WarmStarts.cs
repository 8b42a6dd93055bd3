using System.Collections.Immutable;
using System.Globalization;
using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting;
using LossActors.Actors.Persistence;
using LossActors.Actors.Record;
using LossActors.Evolution.Islands;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using LossActors.Expressions.Known;
using LossActors.Expressions.Parsing;

namespace LossActors.Actors.Runs;

/// <summary>Finds the losses that an experiment names as warm starts, once, when its run is founded.</summary>
/// <param name="settings">What they must fit into.</param>
internal sealed class WarmStarts(IslandSettings settings)
{
    private const long MaxFileBytes = 4 << 20;

    private readonly List<string> _found = [];
    private readonly HashSet<ExpressionKey> _known = [];
    private readonly List<string> _notices = [];

    /// <summary>The experiment with its warm starts as expressions: known losses, then its own, those of the file, those of other runs, none twice.</summary>
    /// <param name="experiment">What names them.</param>
    /// <param name="facts">The task, which decides the form of known losses.</param>
    /// <param name="database">Where the other runs are.</param>
    /// <returns>The experiment, and what was left out and why, one line each: known losses and other runs' losses that do not fit. What a user wrote must fit.</returns>
    /// <exception cref="ExperimentException">An expression of the file does not fit, or a file or a loss is not there.</exception>
    /// <exception cref="UnknownRunException">There is no such run.</exception>
    public static (Experiment Experiment, ImmutableArray<string> Notices) Find(Experiment experiment, TaskFacts facts, Database database)
    {
        var search = experiment.Search;
        var starts = new WarmStarts(search.Island);
        foreach (var name in search.WarmStart.Losses)
        {
            starts.AddKnown(name, facts);
        }

        foreach (var text in search.WarmStart.Expressions)
        {
            starts.Add(Expression.Parse(text));
        }

        starts.AddFile(search.WarmStart.File);
        starts.AddRuns(search.WarmStart.Runs, database);
        var found = search.WarmStart with { Losses = [], Expressions = [.. starts._found], File = null, Runs = [] };
        return (experiment with { Search = search with { WarmStart = found } }, [.. starts._notices]);
    }

    private void AddKnown(string name, TaskFacts facts)
    {
        if (KnownLosses.Find(name)!.Form(facts.Prediction, facts.Classes) is { } loss)
        {
            AddIfFit(loss, name);
        }
        else
        {
            _notices.Add($"warm start: {name} is left out, since it does not apply to regression");
        }
    }

    private void AddFile(string? path)
    {
        var number = 0;
        foreach (var line in path is null ? [] : ReadLines(path))
        {
            number++;
            if (line.Trim() is not ({ Length: 0 } or ['#', ..]))
            {
                var problem = !Expression.TryParse(line, out var loss, out var malformed) ? $": {malformed}"
                    : WarmStartRules.Problem(loss, settings) is { } unfit ? $" {unfit}" : null;
                if (problem is not null)
                {
                    throw new ExperimentException(string.Create(CultureInfo.InvariantCulture, $"{Shown.Bare(path!)}:{number}: {Shown.Text(line.Trim())}{problem}"));
                }

                Add(loss!);
            }
        }
    }

    private void AddRuns(ImmutableArray<string> runs, Database database)
    {
        if (runs.IsEmpty)
        {
            return;
        }

        if (!database.Exists)
        {
            throw new ExperimentException($"experiment.search.warm-start.runs: no run {Shown.Text(runs[0])}: {database.Absence}");
        }

        using var reader = RecordReader.Open(database);
        foreach (var named in runs)
        {
            foreach (var row in Places(reader, named))
            {
                try
                {
                    AddIfFit(Expression.Parse(row.Expression).WithWeights(row.Weights.AsSpan()), $"{row.Candidate} of {named}");
                }
                catch (ExpressionFormatException e)
                {
                    throw new ExperimentException($"experiment.search.warm-start.runs: the losses of {Shown.Bare(named)} are no expressions", e);
                }
            }
        }
    }

    private static List<HallOfFameRow> Places(RecordReader reader, string named)
    {
        var hash = named.LastIndexOf('#');
        var rank = 0;
        if (hash >= 0 && !(int.TryParse(named.AsSpan(hash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out rank) && rank > 0))
        {
            throw new ExperimentException($"experiment.search.warm-start.runs: {Shown.Text(named)}: after # comes a rank in the hall of fame, from 1");
        }

        var run = reader.Show(reader.Resolve(hash >= 0 ? named[..hash] : named));
        var places = run.HallOfFame.Where(row => rank == 0 || row.Rank == rank).ToList();
        return places.Count > 0 ? places : throw new ExperimentException(run.HallOfFame.IsEmpty
            ? $"experiment.search.warm-start.runs: {run.Run} has no valid loss yet"
            : string.Create(CultureInfo.InvariantCulture, $"experiment.search.warm-start.runs: {run.Run} has no rank {rank}; its hall of fame has {run.HallOfFame.Length} losses"));
    }

    private void AddIfFit(Expression loss, string name)
    {
        if (WarmStartRules.Problem(loss, settings) is { } problem)
        {
            _notices.Add($"warm start: {name} is left out, since it {problem}");
        }
        else
        {
            Add(loss);
        }
    }

    private void Add(Expression loss)
    {
        if (_known.Add(ExpressionKey.Exact(Canonicalizer.Canonical(loss))))
        {
            _found.Add(loss.ToString());
        }
    }

    private static string[] ReadLines(string path)
    {
        try
        {
            return new FileInfo(path).Length <= MaxFileBytes
                ? File.ReadAllLines(path)
                : throw new ExperimentException($"{Shown.Bare(path)} is larger than 4 MiB; is it a file of expressions, one per line?");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new ExperimentException($"experiment.search.warm-start.file: cannot read {Shown.Bare(path)}: {Shown.FirstLine(e.Message)}", e);
        }
    }
}
