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
    /// <summary>The run's journal.</summary>
    public string RunJournal => new JournalId(Run).ToString();

    /// <summary>An island's journal.</summary>
    public string IslandJournal(int island) => new JournalId(Run, island).ToString();
}
