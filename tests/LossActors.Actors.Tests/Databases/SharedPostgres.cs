using Xunit;

[assembly: AssemblyFixture(typeof(LossActors.Actors.Tests.Databases.SharedPostgres))]

namespace LossActors.Actors.Tests.Databases;

/// <summary>The one server that the tests of this assembly share, each with a database of its own; started for the first of them.</summary>
public sealed class SharedPostgres : IDisposable
{
    private readonly Lazy<PostgresServer> _server = new(() => PostgresServer.Start());

    /// <summary>The server. A test that asks for it is skipped where there can be none.</summary>
    public PostgresServer Server
    {
        get
        {
            Assert.SkipWhen(PostgresServer.Missing is not null, PostgresServer.Missing ?? "");
            return _server.Value;
        }
    }

    public void Dispose()
    {
        if (_server.IsValueCreated)
        {
            _server.Value.Dispose();
        }
    }
}
