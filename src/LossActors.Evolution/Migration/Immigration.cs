using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Populations;

namespace LossActors.Evolution.Migration;

/// <summary>Who of the neighbours' emigrants enters, and how.</summary>
internal static class Immigration
{
    /// <summary>Whether a fitness that was measured on an island says nothing on another one.</summary>
    public static bool IsStranger(IslandSettings settings, int island) => settings.Strangers.Any(stranger => stranger.Island == island);

    /// <summary>Lets some wait for being born again here.</summary>
    public static IslandState Await(IslandState state, IEnumerable<Individual> migrants) =>
        state with { Immigrants = migrants.Aggregate(state.Immigrants, (waiting, migrant) => waiting.Enqueue(migrant)) };

    /// <summary>
    /// What follows when a neighbour has answered: its emigrants are admitted; where they came through the hall of fame they wait for those of all
    /// others, and only the best of them all will be.
    /// </summary>
    public static IslandEvent Answer(IslandState state, IslandCommand.Admit admit)
    {
        if (!state.Settings.IsThroughHallOfFame)
        {
            return new IslandEvent.MigrantsAdmitted(admit.Epoch, admit.From, state.Proposed, Accept(state, admit.Migrants));
        }

        // Only those that may still be among the best need be written down.
        var eligible = (admit.Migrants.IsDefault ? [] : admit.Migrants).Where(m => IsWelcome(state, state.Population, m));
        return new IslandEvent.MigrantsReceived(admit.Epoch, admit.From, [.. Best(state, eligible).Where(m => m.Id.Island == admit.From)]);
    }

    /// <summary>
    /// When all have answered: the next of those that came through the hall of fame, the best first. Whoever has not answered by the next epoch (which strict mode
    /// does not begin before) has missed this one.
    /// </summary>
    public static IslandEvent.MigrantsAdmitted? Due(IslandState state) =>
        !state.Gathered.IsEmpty && (!Migrations.Missing(state).Any() || Emigration.IsDue(state))
            ? new(state.Epoch, state.Gathered[0].Id.Island, state.Proposed, Accept(state, [state.Gathered[0]]))
            : null;

    /// <summary>Lets those that came wait.</summary>
    public static IslandState Gather(IslandState state, IslandEvent.MigrantsReceived received) => received.Epoch != state.Epoch ? state : state with
    {
        Gathered = [.. Best(state, received.Migrants)],
        Received = state.Received.Add(received.From),
    };

    /// <summary>Lets the accepted ones in. They are as old as their admission, and known to the ledger from now on. Those whose fitness says nothing here wait for being born again.</summary>
    public static IslandState Admit(IslandState state, IslandEvent.MigrantsAdmitted admitted)
    {
        state = IsStranger(state.Settings, admitted.From) ? Await(state, admitted.Accepted) : admitted.Accepted.Aggregate(state, Enter);
        return admitted.Epoch != state.Epoch ? state : state with
        {
            Received = state.Received.Add(admitted.From),
            Gathered = state.Gathered.IsEmpty ? state.Gathered : state.Gathered.RemoveAt(0),
        };
    }

    private static IslandState Enter(IslandState state, Individual migrant) => Stagnation.Notice(
        state with
        {
            Population = Enter(state.Population, migrant, state.Settings),
            Best = Survival.Better(state.Best, migrant),
            Ledger = state.Ledger.With(migrant.Expression, migrant.Id, state.Proposed).WithFitness(migrant.Id, migrant.Fitness, migrant.StoppedAt),
        },
        migrant);

    // The best of those that have come through the hall of fame by now; of each set of tasks as many, for their errors do not compare.
    private static IEnumerable<Individual> Best(IslandState state, IEnumerable<Individual> newcomers) => state.Gathered.Concat(newcomers)
        .Order(Individual.Best)
        .DistinctBy(m => m.Id)
        .GroupBy(m => state.Settings.Strangers.FirstOrDefault(s => s.Island == m.Id.Island, new(m.Id.Island, state.Settings.Tasks)).Tasks)
        .SelectMany(alike => alike.Take(state.Settings.MigrationSize));

    /// <summary>Who may enter: whoever is welcome, and whom the policy of replacement finds a place for.</summary>
    private static ImmutableArray<Individual> Accept(IslandState state, ImmutableArray<Individual> migrants)
    {
        var accepted = ImmutableArray.CreateBuilder<Individual>();
        var members = state.Population;
        foreach (var migrant in migrants.IsDefault ? [] : migrants)
        {
            if (!IsWelcome(state, members, migrant))
            {
                continue;
            }

            if (IsStranger(state.Settings, migrant.Id.Island))
            {
                accepted.Add(migrant);
                continue;
            }

            var after = Enter(members, migrant, state.Settings);
            if (after != members)
            {
                accepted.Add(migrant);
                members = after;
            }
        }

        return accepted.ToImmutable();
    }

    // Not born here (no echo), no member already, and such as could have been made here. Whoever would have to be measured here must not have been already, nor wait for it.
    private static bool IsWelcome(IslandState state, ImmutableArray<Individual> members, Individual migrant) =>
        migrant.Id.Island != state.Settings.Island
        && double.IsFinite(migrant.Fitness)
        && !Replacement.Holds(members, migrant)
        && !Replacement.Holds(state.Offspring, migrant)
        && migrant.Expression.Height <= state.Settings.MaxHeight
        && migrant.Expression.Count <= state.Settings.MaxNodes
        && !migrant.Expression.Any(node => state.Settings.Foreign.Contains(node.Primitive))
        && !(IsStranger(state.Settings, migrant.Id.Island) && IsKnown(state, migrant));

    private static bool IsKnown(IslandState state, Individual migrant) =>
        state.Ledger.Find(migrant.Expression, state.Proposed + 1) is not null || state.Immigrants.Any(waiting => waiting.Expression.Equals(migrant.Expression));

    private static ImmutableArray<Individual> Enter(ImmutableArray<Individual> members, Individual migrant, IslandSettings settings) => settings.MigrantReplacement switch
    {
        MigrantReplacement.Oldest => Replacement.ByAge(members, migrant, settings),
        MigrantReplacement.Worst => Replacement.OfWorst(members, migrant, settings),
        _ => Replacement.IfBetter(members, migrant, settings),
    };
}
