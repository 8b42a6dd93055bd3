using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Actors.Simulation;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>simulate [RUN]</c>: how a search would go with more evaluators and islands than these machines have.</summary>
internal static class SimulateCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var options = new SimulateOptions();
        var command = new Command(
            "simulate",
            "Simulates searches of any size in virtual time, with the program's own islands and broker and synthetic evaluators: throughput, staleness, where it saturates.")
        {
            options.Run, options.Evaluators, options.Islands, options.Slots, options.Window, options.Candidates, options.Hours, options.Speed, options.Mtbf, options.Cores, options.Seed, options.DataDir, options.Json,
        };
        command.SetAction((parsed, cancellation) =>
        {
            var plan = Plan(parsed, options);
            var (workload, search) = Source(environment, parsed, options);
            List<SimulatedCell> cells = [];
            foreach (var (evaluators, islands) in plan)
            {
                var simulated = Options(parsed, options, evaluators, islands, workload, search);
                cells.Add(new(simulated, ClusterSimulation.Run(simulated, cancellation)));
                environment.Error.WriteLine($"{evaluators} evaluators, {islands} islands: {Numbers.Short(cells[^1].Report.CandidatesPerSecond)} candidates per second");
            }

            SimulationOutput.Write(environment, workload, cells, parsed.GetValue(options.Json));
            return Task.FromResult((int)ExitCode.Done);
        });
        return command;
    }

    private static List<(int Evaluators, int Islands)> Plan(ParseResult parsed, SimulateOptions options)
    {
        var islands = SimulateOptions.Counts(parsed, options.Islands);
        return [.. SimulateOptions.Counts(parsed, options.Evaluators).SelectMany(evaluators => islands, (evaluators, island) => (evaluators, island))];
    }

    private static (Workload Workload, Experiment Experiment) Source(CliEnvironment environment, ParseResult parsed, SimulateOptions options)
    {
        if (parsed.GetValue(options.Run) is not { } run)
        {
            return (Workload.Default, ExperimentReader.Read(ExperimentCatalog.Default));
        }

        using var store = RunStore.Open(DatabaseSetting.Of(environment, parsed.GetRequiredValue(options.DataDir)), run, out var id);
        var details = store.Reader.Show(id);
        return (WorkloadReader.Read(store.Database, details), details.Experiment);
    }

    private static SimulationOptions Options(ParseResult parsed, SimulateOptions options, int evaluators, int islands, Workload workload, Experiment experiment)
    {
        var slots = SimulateOptions.Count(parsed, options.Slots);
        var window = SimulateOptions.CountOrAuto(parsed, options.Window)
            ?? Math.Max(experiment.Search.Island.Window, (int)Math.Ceiling(1.5 * evaluators * slots / islands));
        var candidates = SimulateOptions.CountOrAuto(parsed, options.Candidates) ?? Math.Max(2000, 20 * Math.Max(evaluators * slots, islands));
        return new SimulationOptions
        {
            Evaluators = evaluators,
            Slots = slots,
            // What some islands of the run had of their own is no pattern for others.
            Search = experiment.Search with
            {
                Islands = islands, Evaluations = candidates, Overrides = [], Island = experiment.Search.Island with { Window = window }, WarmStart = new(),
                Topology = experiment.Search.Topology == "graph" ? "ring" : experiment.Search.Topology,
            },
            Replicates = experiment.Protocol.Replicates,
            Workload = workload.Faster(SimulateOptions.Positive(options.Speed.Name, parsed.GetRequiredValue(options.Speed))),
            Cores = SimulateOptions.Count(parsed, options.Cores),
            Seed = (ulong)SimulateOptions.Count(parsed, options.Seed),
            Limit = parsed.GetValue(options.Hours) is { } hours ? TimeSpan.FromHours(SimulateOptions.Positive(options.Hours.Name, hours)) : null,
            TimeBetweenFailures = parsed.GetValue(options.Mtbf) is { } mtbf
                ? Durations.TryParse(mtbf, out var between) ? between : throw new CliException($"{options.Mtbf.Name} {Shown.Text(mtbf)}: expected a time such as 90m or 24h")
                : null,
        };
    }
}
