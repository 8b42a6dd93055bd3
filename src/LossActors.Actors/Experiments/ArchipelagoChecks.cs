using System.Globalization;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Migration;
using LossActors.Evolution.Topologies;

namespace LossActors.Actors.Experiments;

/// <summary>What contradicts itself in how islands are connected, and in how they differ.</summary>
internal static class ArchipelagoChecks
{
    /// <summary>The first contradiction; null: there is none.</summary>
    public static string? Problem(Experiment e) => Graph(e.Search) ?? Migration(e.Search) ?? IslandTasks.Problem(e) ?? Overrides(e);

    private static string? Graph(SearchSettings search) => search switch
    {
        { Topology: "graph", Graph.IsEmpty: true } =>
            "experiment.search.topology = graph needs links: experiment.search.graph = [0 to 1, 1 to 0]",
        _ => search.Graph.Select(link => Link(link, search)).FirstOrDefault(problem => problem is not null)
            ?? search.Graph.GroupBy(link => (link.From, link.To)).Where(same => same.Count() > 1)
                .Select(same => Say($"experiment.search.graph names {same.Key.From} to {same.Key.To} twice")).FirstOrDefault(),
    };

    private static string? Link(Link link, SearchSettings search)
    {
        var name = Say($"{link.From} to {link.To}");
        return link switch
        {
            _ when Math.Max(link.From, link.To) is var last && last >= search.Islands =>
                Say($"experiment.search.graph: {name} names island {last}, which is not there ({Numbers(search)})"),
            _ when link.From == link.To => $"experiment.search.graph: {name} leads from an island to itself",
            { Weight: not (> 0 and <= 1) } => Say($"experiment.search.graph: {name} has weight {link.Weight}; a weight is a probability, above 0 and at most 1"),
            _ => null,
        };
    }

    private static string? Migration(SearchSettings search) => search switch
    {
        { Topology: "star", Island.MigrationHandling: MigrationHandling.Evict } =>
            "experiment.search.migration.handling = evict takes emigrants out of their population, but those of topology = star come from the hall of fame; use preserve",
        { Island: { Strict: true, StagnationAction: StagnationAction.Spawn } } =>
            "experiment.search.stagnation.action = spawn depends on when the new island begins, which strict mode does not allow; use reset",
        { Island: { MigrantReplacement: MigrantReplacement.Oldest, Schedule: Schedule.Generational } } =>
            "experiment.search.migration.replacement = oldest needs schedule = steady-state: a generation is all of one age",
        _ => null,
    };

    private static string? Overrides(Experiment e)
    {
        var search = e.Search;
        var named = search.Overrides.SelectMany(o => o.Islands).ToList();
        return named.Where(island => island >= search.Islands)
                .Select(island => Say($"experiment.search.overrides names island {island}, which is not there ({Numbers(search)})")).FirstOrDefault()
            ?? named.GroupBy(island => island).Where(same => same.Count() > 1)
                .Select(same => Say($"experiment.search.overrides names island {same.Key} twice")).FirstOrDefault()
            ?? search.Overrides.Select(own => (own, Problem: IslandOverrides.On(e, own) is var there ? ExperimentChecks.Population(there) ?? ExperimentChecks.Trees(there) : null))
                .Where(found => found.Problem is not null)
                .Select(found => Say($"experiment.search.overrides: on island {found.own.Islands[0]}: {found.Problem}")).FirstOrDefault()
            ?? Budget(search);
    }

    private static string? Budget(SearchSettings search)
    {
        var weights = search.BudgetWeights;
        return search.Overrides.Any(o => o.Budget != 1)
            ? Enumerable.Range(0, search.Islands).Where(island => Shares.Of(search.Evaluations, weights, island) == 0)
                .Select(island => Say($"experiment.search.evaluations ({search.Evaluations}) leaves none to island {island}, whose part of the budget is {weights[island]} of {weights.Sum()}"))
                .FirstOrDefault()
            : null;
    }

    private static string Numbers(SearchSettings search) =>
        search.Islands == 1 ? "there is only island 0" : Say($"there are {search.Islands}, from 0 to {search.Islands - 1}");

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
