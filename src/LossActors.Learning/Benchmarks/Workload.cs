using LossActors.Learning.Networks;

namespace LossActors.Learning.Benchmarks;

/// <summary>One standard workload: batches of 128, classification, ten classes.</summary>
/// <param name="Name">As results name it.</param>
/// <param name="Network">The base network.</param>
/// <param name="Features">Numbers per instance.</param>
/// <param name="Cohort">Candidates trained together.</param>
/// <param name="Step">What is timed.</param>
internal sealed record Workload(string Name, INetwork Network, int Features, int Cohort, StepKind Step)
{
    /// <summary>Instances per batch.</summary>
    public const int Batch = 128;

    /// <summary>
    /// Floating-point operations of one step of one candidate: two per multiply-add of the matrix products, nothing else. A training step is a forward pass, the weights'
    /// gradients, and the inputs' gradients of all layers but the first; a meta step is two training steps' passes (at θ and at θ′) and the tangent's forward pass,
    /// which has two products per layer, one in the first. That is what the task asks for, however it is done: dense networks' meta steps get by with fewer, so their share of the
    /// machine's ceiling may exceed 1.
    /// </summary>
    public double Operations
    {
        get
        {
            var (all, first) = Network switch
            {
                DenseNetwork dense => Dense(dense),
                SequentialNetwork layers => Sequential(layers),
                _ => throw new NotSupportedException($"Nobody has counted the operations of {Network.Name}."),
            };
            var training = (3 * all) - first;
            return 2.0 * Batch * (Step == StepKind.Training ? training : (2 * training) + (2 * all) - first);
        }
    }

    private static (double All, double First) Dense(DenseNetwork network)
    {
        var products = network.Widths.Zip(network.Widths.Skip(1), (a, b) => (double)a * b).ToList();
        return (products.Sum(), products[0]);
    }

    private static (double All, double First) Sequential(SequentialNetwork network)
    {
        var products = network.Layers.Select((layer, i) => (double)layer.MultiplyAdds(network.Shapes[i])).Where(count => count > 0).ToList();
        return (products.Sum(), products[0]);
    }
}
