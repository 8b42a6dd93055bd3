using Akka.Actor;

namespace LossActors.Actors.Persistence;

/// <summary>Finds out whether an actor system can journal.</summary>
internal static class JournalProbe
{
    /// <summary>Has a <see cref="Canary"/> sing once.</summary>
    /// <param name="system">Of actors, with persistence.</param>
    /// <param name="name">Its journal is of its own: two of one name at once would take each other's numbers.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="AskTimeoutException">The journal does not answer.</exception>
    public static async Task SingAsync(ActorSystem system, string name, TimeSpan patience, CancellationToken cancellation)
    {
        await AskAsync<Canary.Sang>(system, name, new Canary.Sing(), patience, cancellation).ConfigureAwait(false);
    }

    /// <summary>
    /// Has a <see cref="Canary"/> read and write nothing. The first reading of a process takes by far the longest, seconds on a busy machine, and is better over before anything waits for it.
    /// </summary>
    /// <param name="system">Of actors, with persistence.</param>
    /// <param name="name">Whose journal is read: others may do so at the same time, and there need be none.</param>
    /// <param name="patience">How long to wait for it.</param>
    /// <param name="cancellation">Ends the waiting.</param>
    /// <exception cref="AskTimeoutException">The journal does not answer.</exception>
    public static async Task ListenAsync(ActorSystem system, string name, TimeSpan patience, CancellationToken cancellation) =>
        await AskAsync<Canary.Here>(system, name, new Canary.Listen(), patience, cancellation).ConfigureAwait(false);

    private static async Task AskAsync<T>(ActorSystem system, string name, object question, TimeSpan patience, CancellationToken cancellation)
    {
        var canary = system.ActorOf(Props.Create(() => new Canary($"canary-{name}")), "canary");
        try
        {
            await canary.Ask<T>(question, patience, cancellation).ConfigureAwait(false);
        }
        finally
        {
            canary.Tell(PoisonPill.Instance);
        }
    }
}
