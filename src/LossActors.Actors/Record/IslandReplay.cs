using System.Collections.Immutable;
using System.Text.Json;
using LossActors.Actors.Serialization;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;

namespace LossActors.Actors.Record;

/// <summary>
/// Lives an island's life again. What came from outside (grants, findings, migrants, what users changed) is taken from the journal; everything else must be what the aggregate
/// decides by itself.
/// </summary>
internal sealed class IslandReplay(IslandSettings settings)
{
    private readonly List<Individual> _members = [];
    private IslandState _state = Island.Initial(settings);
    private ImmutableQueue<IslandEvent> _expected = [];

    /// <summary>What must come next; null: something from outside.</summary>
    public IslandEvent? Expected => _expected.IsEmpty ? null : _expected.Peek();

    /// <summary>Everybody trained so far, by order of judgement.</summary>
    public IReadOnlyList<Individual> Members => _members;

    /// <summary>Takes the next event; false if something else follows. The replay goes on with what was recorded.</summary>
    public bool Accept(IslandEvent happened)
    {
        var fromOutside = happened is IslandEvent.BudgetGranted or IslandEvent.BudgetWithdrawn or IslandEvent.Found
            or IslandEvent.MigrantsReceived or IslandEvent.MigrantsAdmitted or IslandEvent.Amended or IslandEvent.Injected or IslandEvent.Settled;
        var agrees = Expected is { } expected ? Text(expected) == Text(happened) : fromOutside;
        if (Island.Trained(_state, happened) is { } individual)
        {
            _members.Add(individual);
        }

        _state = Island.Apply(_state, happened);
        _expected = agrees && !_expected.IsEmpty ? _expected.Dequeue() : [.. Island.Follow(_state)];
        return agrees;
    }

    /// <summary>An event with all its numbers: records with arrays in them do not compare by value.</summary>
    public static string Text(IslandEvent happened) => $"{happened.GetType().Name} {JsonSerializer.Serialize(happened, happened.GetType(), WireJson.Options)}";
}
