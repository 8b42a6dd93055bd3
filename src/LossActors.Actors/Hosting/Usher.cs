using Akka.Actor;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Hosting;

/// <summary>Sees a node out when the owner of the run asks for it. Lives at <c>/user/usher</c> of every node.</summary>
/// <param name="leave">Begins the leaving; called once.</param>
internal sealed class Usher(Action leave) : UntypedActor
{
    public const string Name = "usher";

    private bool _isLeaving;

    protected override void OnReceive(object message)
    {
        if (message is NodeMessages.Leave && !_isLeaving)
        {
            _isLeaving = true;
            leave();
        }
    }
}
