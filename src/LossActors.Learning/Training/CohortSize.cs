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

    // Under autograd, what small networks gain is the time between operations: 16 of two convolutions on 8×8 pixels took 2.8 ms each and 5.0 alone, 32 of two layers of 64 took 0.5 and
    // 1.2. On 28×28 pixels four took 35 and 41 alone, but 16 took 55.
    private const long LayersBytes = 128 << 20;

    /// <summary>The most members worth having; 1 where nothing is shared, as among networks of layers whose rules are written by hand.</summary>
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

            (SequentialNetwork layers, DeviceType.CPU) => Backpropagation.HasRules(layers) ? 1 : (int)Math.Clamp(LayersBytes / Bytes(layers), 1, Most),
            (SequentialNetwork layers, _) => (int)Math.Clamp(GpuBytesOfLayers / Bytes(layers), 1, MostOnGpu),
            _ => 1,
        };

        // Autograd keeps what every layer gives until its gradient has passed. The step makes two more copies of the weights.
        long Bytes(SequentialNetwork layers) => (weights * 5 / 3) + (2L * size * batch * layers.Activations);
    }
}
