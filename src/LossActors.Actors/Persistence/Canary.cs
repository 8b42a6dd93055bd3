using Akka.Actor;
using Akka.Persistence;

namespace LossActors.Actors.Persistence;

/// <summary>
/// Journals one event and answers. Errors in a persistence plugin never stop the host, they only stop actors and let questions time out, so a node
/// asks this one before anything else.
/// </summary>
internal sealed class Canary(string persistenceId) : UntypedPersistentActor
{
    public override string PersistenceId => persistenceId;

    /// <summary>Asks for a song.</summary>
    public sealed record Sing;

    /// <summary>The event, and the answer.</summary>
    public sealed record Sang(int Times) : IJournaled;

    private int _times;

    protected override void OnCommand(object message)
    {
        if (message is Sing)
        {
            var asker = Sender;
            Persist(new Sang(_times + 1), sang =>
            {
                _times = sang.Times;
                asker.Tell(sang);
            });
        }
    }

    protected override void OnRecover(object message)
    {
        if (message is Sang sang)
        {
            _times = sang.Times;
        }
    }
}
