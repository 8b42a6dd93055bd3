using LossActors.Evolution.Candidates;
using LossActors.Evolution.Initialisation;
using LossActors.Evolution.Racing;
using LossActors.Evolution.Randomness;
using LossActors.Evolution.Selection;
using LossActors.Evolution.Variation;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Islands;

/// <summary>Makes the next candidate: a warm start while there are some, a loss that a user has injected, a refinement or a migrant to be measured here if one is queued, else a random tree or a variation of parents.</summary>
internal static class Proposing
{
    // Gates stop most random trees; an island with fewer members goes on mixing random ones in.
    private const int FewMembers = 4;

    // Draws before a known expression is proposed again, and then costs no more than its birth.
    private const int Attempts = 32;

    /// <summary>The next birth: a function of the state and of the stream keyed by seed, island and birth.</summary>
    public static IslandEvent.Proposed Next(IslandState state)
    {
        var proposed = Make(state, state.Proposed + 1);
        return proposed with { Rungs = Race.Of(state, proposed.Birth, proposed.Origin) };
    }

    /// <summary>Sends a birth on its way.</summary>
    public static IslandState Record(IslandState state, IslandEvent.Proposed proposed) => Progress.Begin(
        proposed.Origin switch
        {
            Origin.Refinement when !state.RefinementQueue.IsEmpty => state with { RefinementQueue = state.RefinementQueue.Dequeue() },
            Origin.Injected when !state.Injected.IsEmpty => state with { Injected = state.Injected.Dequeue() },
            Origin.Immigrant when !state.Immigrants.IsEmpty => state with { Immigrants = state.Immigrants.Dequeue() },
            _ => state,
        },
        proposed);

    private static IslandEvent.Proposed Make(IslandState state, int birth)
    {
        if (birth <= state.Settings.WarmStarts.Length)
        {
            return new(birth, Origin.WarmStart, [], Canonicalizer.Canonical(state.Settings.WarmStarts[birth - 1]));
        }

        if (!state.Injected.IsEmpty)
        {
            return new(birth, Origin.Injected, [], state.Injected.Peek());
        }

        if (!state.RefinementQueue.IsEmpty)
        {
            var elite = state.RefinementQueue.Peek();
            return new(birth, Origin.Refinement, [elite.Id], elite.Expression);
        }

        if (!state.Immigrants.IsEmpty)
        {
            var migrant = state.Immigrants.Peek();
            return new(birth, Origin.Immigrant, [migrant.Id], migrant.Expression);
        }

        var settings = state.Settings;
        var random = RandomStream.For(settings.Seed, (ulong)settings.Island, (ulong)birth, Purpose.Variation);
        var isRandom = WantsRandomTree(state, birth, random);
        IslandEvent.Proposed? known = null;
        for (var attempt = 0; attempt < Attempts; attempt++)
        {
            var proposed = isRandom ? Random(birth, settings, random) : Vary(state, birth, random);
            if (proposed is not null && (proposed.Origin == Origin.Reproduction || state.Ledger.Find(proposed.Expression, birth) is null))
            {
                return proposed;
            }

            known ??= proposed;
        }

        return known ?? new(birth, Origin.Initial, [], Viability.Simplest(settings, random));
    }

    private static bool WantsRandomTree(IslandState state, int birth, RandomStream random) =>
        state.Settings.RandomSearch
        || InitialPopulation.IsIncomplete(state)
        || birth <= state.ResetAt + state.Settings.Population
        || state.Population.Length < 2
        || (state.Population.Length < FewMembers && random.NextBool(0.5));

    private static IslandEvent.Proposed? Random(int birth, IslandSettings settings, RandomStream random) =>
        Viability.Make(HalfAndHalf.Ramped(settings, random), settings, random) is { } tree ? new(birth, Origin.Initial, [], tree) : null;

    private static IslandEvent.Proposed? Vary(IslandState state, int birth, RandomStream random)
    {
        var settings = state.Settings;
        var variation = VariationTable.Draw(settings.Variation, random);
        var first = Tournament.Select(state.Population, settings.TournamentSize, random);
        var second = variation.Parents == 2 ? Tournament.Select(state.Population, settings.TournamentSize, random) : null;
        return variation.Apply(Genome(first), Genome(second ?? first), settings, random) is { } raw
            && Viability.Make(raw, settings, random) is { } child
            ? new(birth, variation.Origin, second is null ? [first.Id] : [first.Id, second.Id], child)
            : null;

        // What is reproduced stays what it is.
        Expression Genome(Individual parent) => variation.Origin == Origin.Reproduction ? parent.Expression : parent.Inherited ?? parent.Expression;
    }
}
