using System.CommandLine;
using LossActors.Actors.Experiments;
using LossActors.Studies;
using LossActors.Studies.Table;
using LossActors.Studies.Throughput;
using LossActors.Studies.Transfer;

var seeds = new Option<int>("--seeds") { Description = "how many search seeds", DefaultValueFactory = _ => 10 };
var experiment = new Option<string>("--experiment") { Description = "a built-in experiment or a file", DefaultValueFactory = _ => "digits" };
var set = new Option<string[]>("--set") { Description = "KEY=VALUE, as for lossactors run", DefaultValueFactory = _ => [] };
var firstSeed = new Option<int>("--first-seed") { Description = "where the search seeds begin", DefaultValueFactory = _ => 1 };
var output = new Option<FileInfo>("--output") { Description = "results as JSON; seeds already in it are not run again", Required = true };

var evolution = new Command("evolution-against-random", "the search against random trees through the same gates, at equal trained") { seeds, experiment, set, output };
evolution.SetAction(parsed => EvolutionAgainstRandom.Run(Read(parsed), parsed.GetValue(seeds), parsed.GetValue(output)!.FullName));

var winners = new Command("winners", "the winners of one experiment over several search seeds, beside the task loss") { seeds, experiment, set };
winners.SetAction(parsed => Winners.Run(Read(parsed), parsed.GetValue(seeds)));

var racing = new Command("racing", "searches with racing and without: the winners on fresh networks, and the training steps") { firstSeed, seeds, experiment, set, output };
racing.SetAction(parsed => Racing.Run(Read(parsed), parsed.GetValue(firstSeed), parsed.GetValue(seeds), parsed.GetValue(output)!.FullName));

var elites = new Option<int>("--elites") { Description = "losses taken from each search", DefaultValueFactory = _ => 10 };
var replicates = new Option<int>("--replicates") { Description = "fresh networks per measurement", DefaultValueFactory = _ => 20 };
var elitesFile = new Option<FileInfo?>("--elites-file") { Description = "keeps the elites, to tune the same ones under other settings" };
var refinement = new Command("refinement", "elites before and after their coefficients are tuned, on fresh networks")
{
    seeds, elites, replicates, elitesFile, experiment, set, output,
};
refinement.SetAction(parsed => Refinement.Run(
    Read(parsed),
    parsed.GetValue(seeds),
    parsed.GetValue(elites),
    parsed.GetValue(replicates),
    parsed.GetValue(elitesFile)?.FullName,
    parsed.GetValue(output)!.FullName));

try
{
    var root = new RootCommand("Studies: long measurements whose results stand in tests/Results.") { TableStudy.Create(set), TransferStudy.Create(), ThroughputStudy.Create(set), evolution, winners, racing, refinement };
    foreach (var command in SimulationStudy.Create())
    {
        root.Subcommands.Add(command);
    }

    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (StudyException e)
{
    Console.Error.WriteLine(e.Message);
    return 1;
}

Experiment Read(ParseResult parsed) =>
    ExperimentReader.Read(parsed.GetValue(experiment)!, parsed.GetValue(set)!.Select(ExperimentOverride.Parse));
