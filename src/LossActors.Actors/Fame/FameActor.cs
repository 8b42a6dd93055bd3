using System.Threading.Channels;
using Akka.Actor;
using LossActors.Actors.Control;
using LossActors.Actors.Islands;
using LossActors.Actors.Runs;
using LossActors.Evolution.Fame;

namespace LossActors.Actors.Fame;

/// <summary>
/// Keeps the hall of fame of a run. It has no journal: islands tell it again about everybody when they, or it, have been restarted, and what it
/// holds does not depend on the order in which it is told.
/// </summary>
internal sealed class FameActor(ChannelWriter<SearchProgress> progress) : UntypedActor
{
    private TaskHalls _halls = new();

    protected override void PreStart() => Context.Parent.Tell(new IslandMessages.ToAll(new IslandMessages.SayAgain()));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FameMessages.Contribute contribution:
                var before = _halls.Fronts;
                _halls = contribution.Individuals.Aggregate(_halls, (halls, individual) => halls.With(contribution.Tasks, individual));
                if (_halls.Fronts is var after && !after.SequenceEqual(before))
                {
                    progress.TryWrite(new SearchProgress.HallOfFameChanged(after));
                }

                break;
            case FameMessages.GetFinalists question:
                Sender.Tell(new RunMessages.Finalists(_halls.Finalists(question.Count)));
                break;
        }
    }
}
