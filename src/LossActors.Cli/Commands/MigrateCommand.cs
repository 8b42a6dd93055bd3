using System.CommandLine;
using System.Text.Json.Nodes;
using LossActors.Actors.Control;
using LossActors.Actors.Experiments;
using LossActors.Actors.Migration;
using LossActors.Actors.Persistence;
using LossActors.Cli.Hosting;
using LossActors.Cli.Output;

namespace LossActors.Cli.Commands;

/// <summary><c>migrate RUN --to postgresql|sqlite</c>: copies a run between the SQLite file of the data folder and the PostgreSQL database that the environment names.</summary>
internal static class MigrateCommand
{
    private const string Postgres = "postgresql";
    private static readonly string[] s_targets = [Postgres, "sqlite"];

    public static Command Create(CliEnvironment environment)
    {
        var run = new Argument<string?>("RUN") { Arity = ArgumentArity.ZeroOrOne, Description = "A run's id, or the beginning of it." };
        var to = new Option<string>("--to")
        {
            Description = $"Where to: into the database that {DatabaseSetting.Variable} names, or out of it into the SQLite file of the data folder.",
            HelpName = string.Join('|', s_targets),
            Required = true,
        };
        CommonOptions.Restrict(to, s_targets);
        var all = new Option<bool>("--all") { Description = "Every run that is not there yet." };
        var replace = new Option<bool>("--replace") { Description = "Replace an older copy there, from which this run has grown." };
        var dataDir = CommonOptions.DataDir();
        var json = CommonOptions.Json();
        var command = new Command("migrate", "Copies a run from SQLite to PostgreSQL, or back; the original stays as it is.") { run, to, all, replace, dataDir, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var (named, folder) = (parsed.GetValue(run), RunStore.FolderOf(parsed.GetRequiredValue(dataDir)));
            if (named is null != parsed.GetValue(all))
            {
                throw new CliException(named is null ? "name a run, or give --all" : $"{Shown.Text(named)} and --all: give one of them");
            }

            Database postgres = DatabaseSetting.Postgres(environment, folder)
                ?? throw new CliException($"migrate does not know the PostgreSQL database: set {DatabaseSetting.Variable} to its connection string, or {DatabaseSetting.FileVariable} to a file that holds it");
            Database sqlite = new SqliteDatabase(folder);
            var (source, target) = parsed.GetRequiredValue(to) == Postgres ? (sqlite, postgres) : (postgres, sqlite);
            return (int)await CopyAsync(environment, source, target, Runs(source, named), isAll: named is null, parsed.GetValue(replace), parsed.GetValue(json), cancellation);
        });
        return command;
    }

    private static List<string> Runs(Database source, string? named)
    {
        using var store = RunStore.Open(source, named, out var id);
        return named is null ? [.. store.Reader.List().Select(run => run.Run).Reverse()] : [id];
    }

    // Of all runs, those that cannot be copied now do not keep the others back.
    private static async Task<ExitCode> CopyAsync(
        CliEnvironment environment, Database source, Database target, List<string> runs, bool isAll, bool replace, bool json, CancellationToken cancellation)
    {
        var (copied, code) = (new JsonArray(), ExitCode.Done);
        foreach (var run in runs)
        {
            try
            {
                var report = await RunMigration.CopyAsync(source, target, run, replace, cancellation);
                copied.Add(new JsonObject { ["run"] = run, ["journalRows"] = report.JournalRows, ["snapshots"] = report.Snapshots, ["recordRows"] = report.RecordRows });
                if (!json)
                {
                    environment.Out.WriteLine(Numbers.Text($"{run}: {report.JournalRows} journal rows, {report.Snapshots} snapshots, {report.RecordRows} rows of the record"));
                }
            }
            catch (MigrationException e) when (isAll && e.IsThere)
            {
                environment.Error.WriteLine($"{run} is there already");
            }
            catch (Exception e) when (isAll && (e is RunOwnedException or MigrationException))
            {
                var (why, line) = UserErrors.Explain(e);
                environment.Error.WriteLine(line);
                code = why;
            }
        }

        if (json)
        {
            JsonOutput.WriteDocument(environment.Out, new JsonObject { ["from"] = source.Name, ["to"] = target.Name, ["runs"] = copied });
        }
        else if (copied.Count > 0)
        {
            environment.Error.WriteLine($"copied to {target.Name}; {source.Name} is as it was: go on with a run in one of them only");
        }

        return code;
    }
}
