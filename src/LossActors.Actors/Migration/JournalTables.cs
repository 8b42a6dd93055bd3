using Akka.Actor;
using Akka.Actor.Setup;
using Akka.Configuration;
using Akka.Persistence.Sql;
using Dapper;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Migration;

/// <summary>The tables of journal and snapshot store, which Akka's plugins make for themselves when they are first used.</summary>
internal static class JournalTables
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(30);

    /// <summary>Has them made where they are missing.</summary>
    /// <exception cref="DatabaseException">They cannot be made.</exception>
    public static async Task EnsureAsync(Database database, CancellationToken cancellation)
    {
        if (Exist(database))
        {
            return;
        }

        var config = PersistenceConfig.For(database.Plugin)
            .WithFallback(ConfigurationFactory.ParseString("akka { loggers = [], stdout-loglevel = OFF, log-dead-letters = off }"))
            .WithFallback(SqlPersistence.DefaultConfiguration);
        var setup = ActorSystemSetup.Create(BootstrapSetup.Create().WithConfig(config), PersistenceConfig.Connections(database.Plugin));
        var system = ActorSystem.Create("migration", setup);
        try
        {
            await JournalProbe.SingAsync(system, $"{Guid.NewGuid():N}", s_patience, cancellation).ConfigureAwait(false);
        }
        catch (AskTimeoutException e)
        {
            throw new DatabaseException($"{database.Name} does not let a journal be made.", e);
        }
        finally
        {
            await system.Terminate().ConfigureAwait(false);
        }
    }

    private static bool Exist(Database database)
    {
        using var connection = database.Open();
        return connection.Query<string>(database.Dialect.Tables).Intersect(["journal", "snapshot"]).Count() == 2;
    }
}
