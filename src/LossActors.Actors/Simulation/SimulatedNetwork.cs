using LossActors.Evolution.Randomness;

namespace LossActors.Actors.Simulation;

/// <summary>Between nodes: messages take a while, and some are lost.</summary>
/// <param name="time">The clock.</param>
/// <param name="latency">How long one takes.</param>
/// <param name="lost">The share that is lost.</param>
/// <param name="random">Decides which.</param>
internal sealed class SimulatedNetwork(VirtualTime time, TimeSpan latency, double lost, RandomStream random)
{
    /// <summary>Sends something, perhaps in vain.</summary>
    public void Send(Action arrive)
    {
        if (lost == 0 || !random.NextBool(lost))
        {
            time.After(latency, arrive);
        }
    }
}
