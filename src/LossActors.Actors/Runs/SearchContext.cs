using System.Threading.Channels;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Persistence;

namespace LossActors.Actors.Runs;

/// <summary>Whom an actor of a search works with.</summary>
/// <param name="Run">The run's id.</param>
/// <param name="Replicates">Networks trained per candidate.</param>
/// <param name="Time">The clock, for the record.</param>
/// <param name="Progress">Where progress is told.</param>
/// <param name="Broker">Hands out work.</param>
/// <param name="Refinement">Takes offers of refinement.</param>
/// <param name="Fame">The hall of fame.</param>
/// <param name="Record">The projection.</param>
/// <param name="Search">The parent of all, which knows the run and the islands.</param>
internal sealed record SearchContext(
    string Run,
    int Replicates,
    TimeProvider Time,
    ChannelWriter<SearchProgress> Progress,
    IActorRef Broker,
    IActorRef Refinement,
    IActorRef Fame,
    IActorRef Record,
    IActorRef Search)
{
    /// <summary>For islands of another node than that of the run: whatever they say goes to the root of the search, which passes it on.</summary>
    /// <param name="run">The run's id.</param>
    /// <param name="replicates">Networks trained per candidate.</param>
    /// <param name="time">The clock.</param>
    /// <param name="progress">Where this node's troubles are told.</param>
    /// <param name="search">The root, or a proxy that knows where it is.</param>
    public static SearchContext By(string run, int replicates, TimeProvider time, ChannelWriter<SearchProgress> progress, IActorRef search) =>
        new(run, replicates, time, progress, search, search, search, search, search);

    /// <summary>The run's journal.</summary>
    public string RunJournal => new JournalId(Run).ToString();

    /// <summary>An island's journal.</summary>
    public string IslandJournal(int island) => new JournalId(Run, island).ToString();
}
