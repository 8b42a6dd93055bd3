using LossActors.Actors.Tests.Databases;

namespace LossActors.Actors.Tests.Runs;

public sealed class PostgresNeuralSearchTests(SharedPostgres postgres) : NeuralSearchTests(postgres);
