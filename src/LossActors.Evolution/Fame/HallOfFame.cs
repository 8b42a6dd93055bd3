using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Expressions.Canonical;

namespace LossActors.Evolution.Fame;

/// <summary>
/// The best individuals of a run, immutable: the Pareto front of fitness and complexity, and the fittest whether on it or not. What it holds
/// depends on who was added, never on the order.
/// </summary>
public sealed record HallOfFame
{
    private ImmutableSortedSet<Individual> Fittest { get; init; } = ImmutableSortedSet.Create(Individual.Best);

    /// <summary>How many of the fittest are kept for <see cref="Finalists"/>.</summary>
    public int Capacity { get; init; } = 100;

    /// <summary>
    /// The Pareto front by rising complexity, hence by falling fitness value: no other is both as good and as small. Among
    /// equals the one that comes first by <see cref="Individual.Best"/>.
    /// </summary>
    public ImmutableArray<Individual> Front { get; private init; } = [];

    /// <summary>The very best; null while empty.</summary>
    public Individual? Best => Front.IsEmpty ? null : Front[^1];

    /// <summary>All that it holds: adding them to another hall, in any order, adds all that this one can bring.</summary>
    public IEnumerable<Individual> Members => Front.Union(Fittest);

    /// <summary>Adds an individual; this very hall where it has no place: its fitness is not finite or was not measured at full length, or too many are better.</summary>
    public HallOfFame With(Individual individual)
    {
        if (!double.IsFinite(individual.Fitness) || !individual.IsFullLength)
        {
            return this;
        }

        // In a long run hardly anybody enters, so who does not is to cost next to nothing.
        var fittest = IsFit(individual) ? Trim(KeepFirst(individual)) : Fittest;
        var isDominated = Front.Any(f => f.Complexity <= individual.Complexity && Individual.Best.Compare(f, individual) <= 0);
        return isDominated && fittest == Fittest
            ? this
            : this with { Front = isDominated ? Front : ParetoFront.Of(Front.Add(individual)), Fittest = fittest };
    }

    /// <summary>
    /// At most <paramref name="count"/> individuals worth measuring again, distinct by exact key: the front, and the
    /// fittest besides. In the order of <see cref="Individual.Best"/>.
    /// </summary>
    public ImmutableArray<Individual> Finalists(int count) =>
        [.. Front.Order(Individual.Best).Concat(Fittest).DistinctBy(i => ExpressionKey.Exact(i.Expression)).Take(count).Order(Individual.Best)];

    private bool IsFit(Individual individual) => Fittest.Count < Capacity || Individual.Best.Compare(individual, Fittest.Max!) < 0;

    private ImmutableSortedSet<Individual> KeepFirst(Individual individual)
    {
        // Looking among at most Capacity entries keeps an addition cheap however long the run.
        var same = Fittest.FirstOrDefault(i => i.Expression.Equals(individual.Expression));
        return same is null ? Fittest.Add(individual)
            : Individual.Best.Compare(individual, same) < 0 ? Fittest.Remove(same).Add(individual)
            : Fittest;
    }

    private ImmutableSortedSet<Individual> Trim(ImmutableSortedSet<Individual> individuals) =>
        individuals.Count > Capacity ? individuals.Remove(individuals.Max!) : individuals;
}
