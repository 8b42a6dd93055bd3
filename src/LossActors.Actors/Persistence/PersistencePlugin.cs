using LinqToDB;

namespace LossActors.Actors.Persistence;

/// <summary>How journal and snapshot store reach a database.</summary>
/// <param name="Provider">As linq2db names it.</param>
/// <param name="Connection">What the settings insist on saying of connections: for eyes, without secrets.</param>
/// <param name="Options">How connections are really opened.</param>
/// <param name="Journal">More settings of the journal, in HOCON.</param>
/// <param name="Snapshots">More settings of the snapshot store, in HOCON.</param>
internal sealed record PersistencePlugin(string Provider, string Connection, DataOptions Options, string Journal, string Snapshots);
