namespace LossActors.Actors.Persistence;

/// <summary>Where a data folder keeps what. Nothing here touches the disk.</summary>
/// <param name="Root">The folder (<c>--data-dir</c>).</param>
public sealed record DataFolder(string Root)
{
    /// <summary>What a command line needs to find this folder again, for messages that name commands: empty for the default one, else with a space in front.</summary>
    public string Option { get; init; } = "";

    /// <summary>The SQLite database: journal, snapshots and record.</summary>
    public string Database => Path.Combine(Root, "lossactors.db");

    /// <summary>One lock and one status file per run.</summary>
    public string Runs => Path.Combine(Root, "runs");

    /// <summary>Commands on their way to the owners of runs.</summary>
    public string Control => Path.Combine(Root, "control");

    /// <summary>Logs, one per run.</summary>
    public string Logs => Path.Combine(Root, "logs");

    /// <summary>Whether a database is there, or something in its place.</summary>
    public bool Exists => Path.Exists(Database);

    /// <summary>The file that whoever owns a run keeps locked.</summary>
    public string LockOf(string run) => Path.Combine(Runs, run + ".lock");

    /// <summary>What the owner of a run says of itself, about once a second.</summary>
    public string StatusOf(string run) => Path.Combine(Runs, run + ".status.json");

    /// <summary>Commands for one run.</summary>
    public string ControlOf(string run) => Path.Combine(Control, run);

    /// <summary>The log of one run.</summary>
    public string LogOf(string run) => Path.Combine(Logs, run + ".log");
}
