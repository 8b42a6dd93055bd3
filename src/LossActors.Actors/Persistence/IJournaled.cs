namespace LossActors.Actors.Persistence;

/// <summary>What the journal keeps; bound to <see cref="JournalSerializer"/>.</summary>
public interface IJournaled;
