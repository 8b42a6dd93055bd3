using LossActors.Actors.Tests.Databases;

namespace LossActors.Actors.Tests.Record;

public sealed class PostgresRecordTests(SharedPostgres postgres) : RecordTests(postgres);
