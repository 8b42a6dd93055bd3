namespace LossActors.Evolution.Islands;

/// <summary>The births an island may spend. One birth is one evaluation of the run's budget.</summary>
/// <param name="Granted">Births granted so far.</param>
/// <param name="Grants">The number of the last grant.</param>
/// <param name="Exhausted">The last grant was 0: there are no more unless the budget is raised.</param>
public sealed record Budget(int Granted = 0, int Grants = 0, bool Exhausted = false)
{
    internal Budget With(IslandEvent.BudgetGranted grant) => new(Granted + grant.Births, grant.Number, grant.Births == 0);

    internal Budget Without(IslandEvent.BudgetWithdrawn withdrawn) => this with { Granted = Granted - withdrawn.Births, Exhausted = true };
}
