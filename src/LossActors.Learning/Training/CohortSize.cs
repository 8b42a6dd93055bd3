using LossActors.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>How many networks gain from being trained together.</summary>
internal static class CohortSize
{
    private const int Most = 64;

    // A GPU is kept busy by many small networks; what bounds their number is its memory.
    private const int MostOnGpu = 1024;
    private const long GpuBytes = 2L << 30;

    // Weights, gradient and momentum of all members pass through the processor at every step. Once they outgrow its caches, members that are trained one after the other are
    // as fast, and a network that large keeps the processor busy by itself.
    private const long CacheBytes = 16 << 20;

    /// <summary>The most members worth having; 1 where nothing is shared.</summary>
    public static int For(INetwork network, ScalarType type, Device device)
    {
        if (network is not DenseNetwork)
        {
            return 1;
        }

        var bytes = 3L * network.ParameterCount() * (type == ScalarType.Float64 ? sizeof(double) : sizeof(float));
        return device.type == DeviceType.CPU
            ? (int)Math.Clamp(CacheBytes / bytes, 1, Most)
            : (int)Math.Clamp(GpuBytes / bytes, 1, MostOnGpu);
    }
}
