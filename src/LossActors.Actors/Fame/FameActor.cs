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
    private HallOfFame _hall = new();

    protected override void PreStart() => Context.Parent.Tell(new IslandMessages.ToAll(new IslandMessages.SayAgain()));

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case FameMessages.Contribute contribution:
                var before = _hall.Front;
                _hall = contribution.Individuals.Aggregate(_hall, (hall, individual) => hall.With(individual));
                if (!_hall.Front.SequenceEqual(before))
                {
                    progress.TryWrite(new SearchProgress.HallOfFameChanged(_hall.Front));
                }

                break;
            case FameMessages.GetFinalists question:
                Sender.Tell(new RunMessages.Finalists(_hall.Finalists(question.Count)));
                break;
        }
    }
}
