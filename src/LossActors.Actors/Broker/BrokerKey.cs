namespace LossActors.Actors.Broker;

/// <summary>The broker's key in the actor registry.</summary>
public sealed class BrokerKey
{
    /// <summary>Its name under <c>/user</c>.</summary>
    public const string Name = "broker";

    private BrokerKey()
    {
    }
}
