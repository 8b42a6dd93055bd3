using System.Collections.Immutable;
using LossActors.Actors.Hosting;
using LossActors.Actors.Record;
using LossActors.Learning.Datasets;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Runs;

/// <summary>Finds out with what a run is to be opened, and whether it may be. Writes nothing.</summary>
internal static class RunOpenings
{
    public static RunOpening Prepare(SearchNodeOptions options)
    {
        var search = options.Experiment.Search;
        if (search is { Island.Strict: true, Time: not null } && !options.Resume)
        {
            throw new ArgumentException("A strict run has no time limit: where it stopped would depend on the machine's speed. Give it a budget of evaluations.");
        }

        var facts = Facts(options);
        if (!options.Resume)
        {
            var (experiment, notices) = WarmStarts.Find(options.Experiment, facts, options.Database);
            return new RunOpening(experiment, facts.Hash, facts.Metric, Versions(), TimeSpan.Zero) { Founded = experiment.Search, Notices = notices };
        }

        using var reader = RecordReader.Open(options.Database);
        var stored = reader.Show(options.Run);
        ResumeCheck.Require(options.Run, stored.Experiment, stored.Budget, options.Experiment, stored.DataHash, facts.Hash);
        var raised = stored.Experiment with
        {
            Evaluation = options.Experiment.Evaluation,
            Search = stored.Experiment.Search with { Evaluations = Math.Max(search.Evaluations, stored.Budget), Time = search.Time },
        };
        return new RunOpening(raised, stored.DataHash, stored.Metric, stored.Versions, TimeSpan.FromSeconds(stored.ElapsedSeconds)) { Founded = stored.Founded };
    }

    private static TaskFacts Facts(SearchNodeOptions options)
    {
        try
        {
            return (options.Inspect ?? Inspect)(options.Experiment.Protocol);
        }
        catch (DataException e) when (options.Resume && options.Experiment.Protocol.Task.Path is { } path && !Path.Exists(path))
        {
            throw new DataException($"{e.Message.TrimEnd('.')}; if the data has moved, say where to: --set task.path=PATH");
        }
    }

    private static TaskFacts Inspect(EvaluationProtocol protocol)
    {
        EvaluationProtocol[] tasks = [protocol, .. protocol.FurtherTasks.Select(protocol.On)];
        var facts = Array.ConvertAll(tasks, InspectTask);
        var metric = protocol.RelativeErrors ? "relative-error"
            : facts.Select(task => task.Kind).Distinct().Count() > 1 ? "mean-error"
            : facts[0].Kind == TaskKind.Classification ? "error-rate" : "mse";
        return new TaskFacts(DataHashes.Join(facts.Select(task => task.Hash)), metric)
        {
            Prediction = facts[0].Shape.Prediction,
            Classes = facts[0].Kind == TaskKind.Classification ? facts[0].Shape.Classes : 0,
        };
    }

    // A network that does not fit is refused here, before there is a run that evaluators would fail.
    private static (string Hash, TaskKind Kind, TaskShape Shape) InspectTask(EvaluationProtocol protocol)
    {
        var data = TaskLoader.Load(protocol.Task, protocol.Seed);
        NetworkFactory.For(protocol, data);
        return (data.Hash, data.Kind, TaskShape.Of(data));
    }

    private static ImmutableSortedDictionary<string, string> Versions()
    {
        var versions = ImmutableSortedDictionary<string, string>.Empty
            .Add("LossActors", typeof(RunOpenings).Assembly.GetName().Version?.ToString(3) ?? "")
            .Add(".NET", Environment.Version.ToString())
            .Add("machine", $"{System.Runtime.InteropServices.RuntimeInformation.RuntimeIdentifier}");
        var torch = typeof(Bench).Assembly.GetReferencedAssemblies().FirstOrDefault(a => a.Name == "TorchSharp");
        return torch?.Version is { } version ? versions.Add("TorchSharp", version.ToString(3)) : versions;
    }
}
