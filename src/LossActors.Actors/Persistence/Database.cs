using System.Data.Common;
using LossActors.Actors.Control;
using LossActors.Actors.Record;

namespace LossActors.Actors.Persistence;

/// <summary>
/// Where runs live: journal, snapshots and record, and how the owner of a run is known, seen and steered. A file in the data folder, or a database of a PostgreSQL server.
/// </summary>
/// <param name="folder">The data folder of this machine, which keeps logs, reports and exports in any case.</param>
public abstract class Database(DataFolder folder)
{
    /// <summary>The version of the record's schema that this build reads and writes.</summary>
    public const int SchemaVersion = 9;

    /// <summary>The data folder of this machine.</summary>
    public DataFolder Folder { get; } = folder;

    /// <summary>The database itself, for messages; holds no secret.</summary>
    public abstract string Name { get; }

    /// <summary>Where runs are looked for, for messages: <c>there is no run in …</c>.</summary>
    public abstract string Place { get; }

    /// <summary>What a command line needs to find it again, for messages that name commands: empty, or options with a space in front.</summary>
    public string Option => Folder.Option;

    /// <summary>Whether it is there, or something in its place. Nothing is made by looking.</summary>
    /// <exception cref="DatabaseException">It cannot be looked at.</exception>
    public abstract bool Exists { get; }

    /// <summary>What to say where it is not: why there are no runs, and what to do.</summary>
    public abstract string Absence { get; }

    internal abstract SqlDialect Dialect { get; }

    internal abstract PersistencePlugin Plugin { get; }

    /// <summary>Makes it where there is none, and checks the one that is there. Called once, before the actor system starts.</summary>
    /// <exception cref="DatabaseException">It is none of ours, a newer one, or cannot be reached or written.</exception>
    public abstract void Initialise();

    /// <summary>Opens it to read from, or to project into; it must exist. A connection of its own, to be disposed of.</summary>
    /// <exception cref="DatabaseException">There is none, it is not ours, a newer one, or cannot be reached.</exception>
    public abstract DbConnection Open(bool write = false);

    /// <summary>Takes the right to work on a run.</summary>
    /// <exception cref="RunOwnedException">Another process has it.</exception>
    public abstract IRunLock Own(string run);

    /// <summary>Whether search nodes of several machines can work with it.</summary>
    public virtual bool IsShared => false;

    /// <summary>Takes the right to work on a run from whoever still has it: the cluster has decided that this process works on it, and that the other is dead or cut off.</summary>
    /// <exception cref="RunOwnedException">Another process is quicker.</exception>
    /// <exception cref="NotSupportedException">It is not <see cref="IsShared"/>.</exception>
    public virtual IRunLock TakeOver(string run) => throw new NotSupportedException($"A run in {Name} belongs to one machine.");

    /// <summary>Whether some living process works on a run.</summary>
    public abstract bool IsOwned(string run);

    /// <summary>What passes between the owner of a run and other shells.</summary>
    public abstract IRunChannel Channel(string run);

    /// <summary>Tries it as far as can be done without leaving anything behind.</summary>
    /// <returns>What was found, one line.</returns>
    /// <exception cref="DatabaseException">It cannot be used.</exception>
    public abstract string Examine();
}
