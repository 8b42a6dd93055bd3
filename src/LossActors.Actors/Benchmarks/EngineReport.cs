using System.Collections.Immutable;

namespace LossActors.Actors.Benchmarks;

/// <summary>What <see cref="EngineBenchmark"/> measured.</summary>
/// <param name="Candidates">Candidates judged, journaled and recorded.</param>
/// <param name="Islands">Islands that evolved them.</param>
/// <param name="CandidatesPerSecond">Over the whole search, from the first verdict to the last.</param>
/// <param name="Tenths">Candidates per second in each tenth of it: equal where the cost of a candidate does not grow.</param>
/// <param name="CoreSecondsPerCandidate">Processor time of the process per candidate, over all threads; the evaluator node is in it.</param>
/// <param name="ManagedBytesPerCandidate">Growth of live managed memory per candidate, from the end of the first tenth to the end of the last.</param>
/// <param name="ResidentBytesPerCandidate">The same for the process's resident memory; the evaluator node is in it.</param>
/// <param name="DatabaseBytesPerCandidate">Size of the database per candidate: journal, snapshots and record.</param>
/// <param name="SecondsToRecover">After a kill: until every island has its state again.</param>
/// <param name="SecondsToPropose">After a kill: until a candidate that was proposed after it has been judged.</param>
public sealed record EngineReport(
    int Candidates,
    int Islands,
    double CandidatesPerSecond,
    ImmutableArray<double> Tenths,
    double CoreSecondsPerCandidate,
    double ManagedBytesPerCandidate,
    double ResidentBytesPerCandidate,
    double DatabaseBytesPerCandidate,
    double SecondsToRecover,
    double SecondsToPropose);
