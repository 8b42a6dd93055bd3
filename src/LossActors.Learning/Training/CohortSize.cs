using LossActors.Learning.Networks;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>How many networks gain from being trained together.</summary>
internal static class CohortSize
{
    private const int Most = 64;

    // A GPU is kept busy by many small networks; what bounds their number is its memory, of which networks of layers want more.
    private const int MostOnGpu = 1024;
    private const long GpuBytes = 2L << 30;
    private const long GpuBytesOfLayers = 8L << 30;

    // Weights, gradient and momentum of all members pass through the processor at every step. Once they outgrow its caches, members that are trained one after the other are
    // as fast, and a network that large keeps the processor busy by itself.
    private const long CacheBytes = 16 << 20;

    /// <summary>The most members worth having; 1 where nothing is shared, as among networks of layers on the CPU: convolutions grouped by member are no faster there.</summary>
    /// <param name="network">The base network.</param>
    /// <param name="batch">Instances per step.</param>
    /// <param name="type">Precision.</param>
    /// <param name="device">Where it is trained.</param>
    public static int For(INetwork network, int batch, ScalarType type, DeviceType device)
    {
        var size = type == ScalarType.Float64 ? sizeof(double) : sizeof(float);
        var weights = 3L * network.ParameterCount() * size;
        return (network, device) switch
        {
            (DenseNetwork, DeviceType.CPU) => (int)Math.Clamp(CacheBytes / weights, 1, Most),
            (DenseNetwork, _) => (int)Math.Clamp(GpuBytes / weights, 1, MostOnGpu),

            // Autograd keeps what every layer gives until its gradient has passed. The step makes two more copies of the weights.
            (SequentialNetwork layers, not DeviceType.CPU) => (int)Math.Clamp(
                GpuBytesOfLayers / ((weights * 5 / 3) + (2L * size * batch * layers.Activations())), 1, MostOnGpu),
            _ => 1,
        };
    }
}
