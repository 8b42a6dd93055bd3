using LossActors.Learning.Datasets;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Laboratory;

/// <summary>What a protocol needs before the first training: the data on a device and a network that fits it.</summary>
internal sealed record Workplace(INetwork Network, LearningTask Task) : IDisposable
{
    /// <summary>Loads the data, checks that the network fits it, and only then brings it onto the device.</summary>
    /// <exception cref="DataException">The data is missing or malformed.</exception>
    /// <exception cref="NetworkException">The network does not exist or does not fit the data.</exception>
    /// <exception cref="EnvironmentException">The device or a native library is missing.</exception>
    public static Workplace Open(EvaluationProtocol protocol, string device, int threads)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        var place = Devices.Require(device);
        TorchThreads.Set(threads);
        var data = TaskLoader.Load(protocol.Task, protocol.Seed);
        var network = NetworkFactory.Create(protocol.Network, TaskShape.Of(data));
        return new Workplace(network, LearningTask.Create(data, protocol.DoublePrecision, place));
    }

    /// <inheritdoc/>
    public void Dispose() => Task.Dispose();
}
