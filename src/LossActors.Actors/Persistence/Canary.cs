using Akka.Actor;
using Akka.Persistence;

namespace LossActors.Actors.Persistence;

/// <summary>
/// Journals one event, or only reads, and answers. Errors in a persistence plugin never stop the host, they only stop actors and let questions time out, so a node
/// asks this one before anything else.
/// </summary>
internal sealed class Canary(string persistenceId) : UntypedPersistentActor
{
    public override string PersistenceId => persistenceId;

    /// <summary>Asks for a song.</summary>
    public sealed record Sing;

    /// <summary>Asks whether it is there: it has read its journal and writes nothing.</summary>
    public sealed record Listen;

    /// <summary>It is.</summary>
    public sealed record Here;

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
        else if (message is Listen)
        {
            Sender.Tell(new Here());
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
