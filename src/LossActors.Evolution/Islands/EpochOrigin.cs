namespace LossActors.Evolution.Islands;

/// <summary>From where migration epochs are counted: the birth of the island, or where a user changed the interval between them.</summary>
/// <param name="Epoch">The last epoch by then.</param>
/// <param name="Judged">Births judged by then.</param>
public sealed record EpochOrigin(int Epoch, int Judged);
