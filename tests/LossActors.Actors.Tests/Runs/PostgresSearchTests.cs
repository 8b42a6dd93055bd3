using LossActors.Actors.Tests.Databases;

namespace LossActors.Actors.Tests.Runs;

public sealed class PostgresSearchTests(SharedPostgres postgres) : SearchTests(postgres);
