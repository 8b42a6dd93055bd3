using LossActors.Evolution.Randomness;
using LossActors.Learning.Losses;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using static TorchSharp.torch;

namespace LossActors.Learning.Filters;

/// <summary>
/// What the gates look at: some training instances and a fresh network's outputs for them, in double precision. Computed on the CPU whatever the device, so that a gate's
/// verdict is the same everywhere.
/// </summary>
/// <param name="Logits">Row-major [instances, outputs].</param>
/// <param name="Targets">Row-major [instances, outputs].</param>
/// <param name="Outputs">Entries per instance.</param>
/// <param name="Link">How logits become predictions.</param>
internal sealed record ProbeSample(double[] Logits, double[] Targets, int Outputs, Link Link)
{
    /// <summary>How many instances there are.</summary>
    public int Count => Logits.Length / Outputs;

    /// <summary>Draws the instances and initialises the network.</summary>
    /// <param name="network">The base network.</param>
    /// <param name="task">The data.</param>
    /// <param name="sample">Instances wanted; all if there are fewer.</param>
    /// <param name="seed">The protocol's seed.</param>
    public static ProbeSample Draw(INetwork network, LearningTask task, int sample, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var quiet = no_grad();
        var rows = new long[task.Training.Count];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = i;
        }

        RandomStream.For(seed, 0, 0, Purpose.Probe).Shuffle<long>(rows);
        var index = tensor(rows[..Math.Min(sample, rows.Length)], device: task.Device);
        var initial = network.Initialise(WeightStreams.Probe(seed));
        var weights = network.ParameterShapes.Select((shape, i) => TorchMemory.Copy(initial[i], shape, ScalarType.Float64, CPU)).ToList();
        var inputs = task.Training.Inputs.index_select(0, index).cpu().to(ScalarType.Float64);
        var targets = task.Training.Targets.index_select(0, index).cpu().to(ScalarType.Float64);
        return new ProbeSample(
            network.Forward(inputs, weights, ForwardPass.Judgement).contiguous().data<double>().ToArray(),
            targets.contiguous().data<double>().ToArray(),
            network.Outputs,
            task.Shape.Link);
    }
}
