namespace LossActors.Actors.Persistence;

/// <summary>What journal and snapshot store keep; bound to <see cref="JournalSerializer"/>.</summary>
public interface IJournaled;
