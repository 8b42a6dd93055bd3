namespace LossActors.Actors.Tests.Runs;

public sealed class SqliteSearchTests : SearchTests;
