using Akka.Configuration;
using Akka.Persistence.Sql;
using Akka.Persistence.Sql.Config;
using LossActors.Actors.Hosting;
using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Persistence;

/// <summary>Journal and snapshot store on a database.</summary>
internal static class PersistenceConfig
{
    /// <summary>How the plugins open connections; what the settings say of that is only what they insist on.</summary>
    public static DataOptionsSetup Connections(PersistencePlugin plugin) => new(plugin.Options);

    /// <summary>Settings that go before all others; <see cref="SqlPersistence.DefaultConfiguration"/> goes after all others, or the plugins have no class.</summary>
    public static Config For(PersistencePlugin plugin)
    {
        var connection = HoconText.Quoted(plugin.Connection);
        return ConfigurationFactory.ParseString(
            $$"""
            akka.persistence {
              journal {
                plugin = "akka.persistence.journal.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{plugin.Provider}}"
                  auto-initialize = on
                  {{plugin.Journal}}
                  # No event is tagged, so no table of tags is kept.
                  tag-write-mode = Csv
                  # A writer is a process to it. An island that moved to another node and came back has rows of the first again after those of the second, which it would take for those
                  # of a writer that should have been dead, and leave out. Two writers at once are kept apart by the numbers of their rows: the second one's are refused.
                  replay-filter.mode = off
                }
              }
              snapshot-store {
                plugin = "akka.persistence.snapshot-store.sql"
                sql {
                  connection-string = {{connection}}
                  provider-name = "{{plugin.Provider}}"
                  auto-initialize = on
                  {{plugin.Snapshots}}
                }
              }
              query.journal.sql {
                connection-string = {{connection}}
                provider-name = "{{plugin.Provider}}"
                {{plugin.Journal}}
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
