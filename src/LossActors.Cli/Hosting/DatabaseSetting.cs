using LossActors.Actors.Experiments;
using LossActors.Actors.Persistence;

namespace LossActors.Cli.Hosting;

/// <summary>
/// Which database a command works on: the PostgreSQL database that an environment variable names, or else the SQLite file in the data folder. Never on a
/// command line, which every user of a machine can read, for it holds a password.
/// </summary>
internal static class DatabaseSetting
{
    /// <summary>A connection string.</summary>
    public const string Variable = "LOSSACTORS_DATABASE";

    /// <summary>A file that holds one: a secret of a container.</summary>
    public const string FileVariable = "LOSSACTORS_DATABASE_FILE";

    private const int MaxFileBytes = 64 << 10;

    /// <summary>The database for a data folder.</summary>
    /// <exception cref="CliException">The setting makes no sense.</exception>
    public static Database Of(CliEnvironment environment, string dataDir)
    {
        var folder = RunStore.FolderOf(dataDir);
        return Postgres(environment, folder) ?? (Database)new SqliteDatabase(folder);
    }

    /// <summary>The PostgreSQL database that the environment names; null: none.</summary>
    /// <exception cref="CliException">The setting makes no sense.</exception>
    public static PostgresDatabase? Postgres(CliEnvironment environment, DataFolder folder)
    {
        var (text, file) = (environment.Variable(Variable), environment.Variable(FileVariable));
        if (text is not null && file is not null)
        {
            throw new CliException($"{Variable} and {FileVariable} are both set; keep one of them");
        }

        if (text is null && file is null)
        {
            return null;
        }

        var source = file is null ? Variable : $"{FileVariable}: {Shown.Bare(file)}";
        var setting = (text ?? Read(file!)).Trim();
        if (setting.Length == 0)
        {
            throw new CliException($"{source} is empty; give it a connection string (Host=…;Database=…;Username=…;Password=…), or unset it for the SQLite file in the data folder");
        }

        try
        {
            return new PostgresDatabase(folder, setting);
        }
        catch (FormatException e)
        {
            throw new CliException($"{source} {e.Message}");
        }
    }

    private static string Read(string file)
    {
        if (string.IsNullOrWhiteSpace(file))
        {
            throw new CliException($"{FileVariable} is empty; name a file that holds a connection string, or unset it");
        }

        try
        {
            return new FileInfo(file).Length <= MaxFileBytes ? File.ReadAllText(file) : throw new CliException($"{FileVariable}: {Shown.Bare(file)} is too large for a connection string");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            throw new CliException($"{FileVariable}: cannot read {Shown.Bare(file)}: {Shown.FirstLine(e.Message)}");
        }
    }
}
