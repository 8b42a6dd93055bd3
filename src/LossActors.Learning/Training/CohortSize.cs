using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>How many networks gain from being trained together.</summary>
internal static class CohortSize
{
    private const int Most = 64;

    // Weights, gradient and momentum of all members pass through the processor at every step. Once they outgrow its caches, members that are trained one after the other are
    // as fast, and a network that large keeps the processor busy by itself.
    private const long CacheBytes = 16 << 20;

    /// <summary>The most members worth having; 1 where nothing is shared.</summary>
    public static int For(INetwork network, ScalarType type, Device device)
    {
        if (network is not DenseNetwork || device.type != TorchSharp.DeviceType.CPU)
        {
            return 1;
        }

        var bytes = 3L * network.ParameterCount() * (type == ScalarType.Float64 ? sizeof(double) : sizeof(float));
        return (int)Math.Clamp(CacheBytes / bytes, 1, Most);
    }
}
