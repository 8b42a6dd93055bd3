using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Fame;

/// <summary>The halls of fame of a run whose islands may measure on different tasks: one for each set of tasks, for their errors do not compare. Immutable.</summary>
public sealed record TaskHalls
{
    private ImmutableSortedDictionary<ulong, HallOfFame> Halls { get; init; } = ImmutableSortedDictionary<ulong, HallOfFame>.Empty;

    /// <summary>The Pareto fronts of all halls, one after the other.</summary>
    public ImmutableArray<Individual> Fronts => [.. Halls.Values.SelectMany(hall => hall.Front)];

    /// <summary>Adds an individual.</summary>
    /// <param name="tasks">What it was measured on.</param>
    /// <param name="individual">Who.</param>
    public TaskHalls With(TaskSet tasks, Individual individual)
    {
        var before = Halls.GetValueOrDefault(tasks.Bits, new());
        var after = before.With(individual);
        return ReferenceEquals(before, after) ? this : this with { Halls = Halls.SetItem(tasks.Bits, after) };
    }

    /// <summary>
    /// At most <paramref name="count"/> individuals worth measuring again, distinct by exact key: those of one hall as it chooses them (<see cref="HallOfFame.Finalists"/>); of several halls each
    /// one's in turn, its best first.
    /// </summary>
    public ImmutableArray<Individual> Finalists(int count)
    {
        var lists = Halls.Values.Select(hall => hall.Finalists(count)).ToList();
        return
        [
            .. Enumerable.Range(0, count)
                .SelectMany(turn => lists.Where(list => turn < list.Length).Select(list => list[turn]))
                .DistinctBy(individual => ExpressionKey.Exact(individual.Expression))
                .Take(count),
        ];
    }
}
