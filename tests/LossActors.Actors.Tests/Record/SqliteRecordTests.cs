namespace LossActors.Actors.Tests.Record;

public sealed class SqliteRecordTests : RecordTests;
