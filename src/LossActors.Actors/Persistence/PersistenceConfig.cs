using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using Dapper;
using LinqToDB;
using LinqToDB.DataProvider.SQLite;
using LossActors.Actors.Hosting;
using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Persistence;

/// <summary>Journal and snapshot store on the SQLite database of a data folder.</summary>
internal static class PersistenceConfig
{
    private const string Provider = "SQLite.MS";

    /// <summary>How the plugins open connections; what the settings say of that is only what they insist on.</summary>
    public static DataOptionsSetup Connections(DataFolder folder) => new(new DataOptions()
        .UseConnectionString(Provider, Database.ConnectionString(folder))
        .UseConnectionFactory(SQLiteTools.GetDataProvider(SQLiteProvider.Microsoft), _ => new TurnTakingConnection(Database.ConnectionString(folder)))
        .UseAfterConnectionOpened(connection => connection.Execute(Database.Patience), (connection, _) => connection.ExecuteAsync(Database.Patience)));

    /// <summary>Settings that go before all others; <see cref="SqlPersistence.DefaultConfiguration"/> goes after all others, or the plugins have no class.</summary>
    public static Config For(DataFolder folder)
    {
        var connection = HoconText.Quoted(Database.ConnectionString(folder));
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{Provider}}"
                  auto-initialize = on
                  # SQLite has one writer at a time: more would only wait for each other.
                  parallelism = 1
                  # No event is tagged, so no table of tags is kept.
                  tag-write-mode = Csv
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{Provider}}"
                  auto-initialize = on
                }
              }
              query.journal.sql {
                connection-string = {{connection}}
                provider-name = "{{Provider}}"
                parallelism = 1
                tag-read-mode = Csv
              }
            }
            akka.actor {
              serializers.journal = "{{typeof(JournalSerializer).FullName}}, {{typeof(JournalSerializer).Assembly.GetName().Name}}"
              serialization-bindings {
                "{{typeof(IJournaled).FullName}}, {{typeof(IJournaled).Assembly.GetName().Name}}" = journal
                "{{typeof(IslandSnapshot).FullName}}, {{typeof(IslandSnapshot).Assembly.GetName().Name}}" = journal
              }
            }
            """);
    }
}
