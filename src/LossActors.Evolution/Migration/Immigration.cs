using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Populations;

namespace LossActors.Evolution.Migration;

/// <summary>Who of the neighbours' emigrants enters, and how.</summary>
internal static class Immigration
{
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
        var best = state.Gathered.Concat(eligible).Order(Individual.Best).DistinctBy(m => m.Id).Take(state.Settings.MigrationSize);
        return new IslandEvent.MigrantsReceived(admit.Epoch, admit.From, [.. best.Where(m => m.Id.Island == admit.From)]);
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
        Gathered = [.. state.Gathered.Concat(received.Migrants).Order(Individual.Best).Take(state.Settings.MigrationSize)],
        Received = state.Received.Add(received.From),
    };

    /// <summary>Lets the accepted ones in. They are as old as their admission, and known to the ledger from now on.</summary>
    public static IslandState Admit(IslandState state, IslandEvent.MigrantsAdmitted admitted)
    {
        foreach (var migrant in admitted.Accepted)
        {
            state = state with
            {
                Population = Enter(state.Population, migrant, state.Settings),
                Best = Survival.Better(state.Best, migrant),
                Ledger = state.Ledger.With(migrant.Expression, migrant.Id, state.Proposed).WithFitness(migrant.Id, migrant.Fitness, migrant.StoppedAt),
            };
            state = Stagnation.Notice(state, migrant);
        }

        return admitted.Epoch != state.Epoch ? state : state with
        {
            Received = state.Received.Add(admitted.From),
            Gathered = state.Gathered.IsEmpty ? state.Gathered : state.Gathered.RemoveAt(0),
        };
    }

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

            var after = Enter(members, migrant, state.Settings);
            if (after != members)
            {
                accepted.Add(migrant);
                members = after;
            }
        }

        return accepted.ToImmutable();
    }

    // Not born here (no echo), no member already, and such as could have been made here.
    private static bool IsWelcome(IslandState state, ImmutableArray<Individual> members, Individual migrant) =>
        migrant.Id.Island != state.Settings.Island
        && double.IsFinite(migrant.Fitness)
        && !Replacement.Holds(members, migrant)
        && !Replacement.Holds(state.Offspring, migrant)
        && migrant.Expression.Height <= state.Settings.MaxHeight
        && migrant.Expression.Count <= state.Settings.MaxNodes
        && !migrant.Expression.Any(node => state.Settings.Foreign.Contains(node.Primitive));

    private static ImmutableArray<Individual> Enter(ImmutableArray<Individual> members, Individual migrant, IslandSettings settings) => settings.MigrantReplacement switch
    {
        MigrantReplacement.Oldest => Replacement.ByAge(members, migrant, settings),
        MigrantReplacement.Worst => Replacement.OfWorst(members, migrant, settings),
        _ => Replacement.IfBetter(members, migrant, settings),
    };
}
