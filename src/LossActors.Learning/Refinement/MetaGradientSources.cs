using System.Numerics;
using LossActors.Learning.Networks;
using LossActors.Learning.Training;
using LossActors.Learning.Training.Layers;
using static TorchSharp.torch;

namespace LossActors.Learning.Refinement;

/// <summary>Chooses how meta-gradients are computed.</summary>
internal static class MetaGradientSources
{
    /// <summary>
    /// So much memory a cohort's trajectory and activations may take, in bytes; a single member takes what it must. Where steps are computed again from checkpoints, two more
    /// copies of weights and momentum come on top for each time that the steps between them are halved.
    /// </summary>
    public const long Memory = 128L << 20;

    private const int LargestCohort = 32;

    // Every one of many steps goes through all of a cohort's numbers several times. Once they outgrow the processor's caches, members computed one after the other are faster: networks
    // 64-64-10 took 27 ms each for 150 steps alone or six together, 38 ms by 32; networks 64-10 took 11 ms alone, 7 ms by six or by 32.
    private const long Cache = 2L << 20;

    /// <summary>How many losses are computed together best: what memory allows, up to where larger cohorts gain no more. Of many steps only small networks gain by it.</summary>
    /// <param name="network">The base network.</param>
    /// <param name="steps">Inner steps.</param>
    /// <param name="innerBatch">Instances per inner step.</param>
    /// <param name="outerBatch">Instances of the validation batch.</param>
    /// <param name="type">Precision.</param>
    public static int CohortSize(INetwork network, int steps, int innerBatch, int outerBatch, ScalarType type)
    {
        if (network is not DenseNetwork dense)
        {
            return 1;
        }

        var (units, parameters) = (dense.Widths.Skip(1).Sum(), (long)network.ParameterCount());
        var passes = 4L * units * (innerBatch + outerBatch);
        if (steps == 1)
        {
            return (int)Math.Clamp(Memory / (Size(type) * passes), 1, LargestCohort);
        }

        var step = (8 * parameters) + (5L * units * innerBatch);
        return (int)Math.Clamp(Math.Min(Memory / (Size(type) * (passes + (parameters * steps))), Cache / (Size(type) * step)), 1, LargestCohort);
    }

    /// <summary>Without an autograd graph on the CPU, where the network has the derivatives for it; unrolled by libtorch otherwise.</summary>
    /// <param name="unrolling">What is differentiated.</param>
    /// <param name="steps">Inner steps.</param>
    /// <param name="type">Precision.</param>
    /// <param name="device">Where the batches are.</param>
    /// <param name="path">Compiled or plain, if not the best there is.</param>
    public static IMetaGradientSource Create(
        Unrolling unrolling, int steps, ScalarType type, Device device, TrainingPath path = TrainingPath.Automatic) =>
        (path is TrainingPath.Automatic or TrainingPath.Compiled && device.type == TorchSharp.DeviceType.CPU ? Compiled(unrolling, steps, type) : null)
            ?? new SeparateMetaGradients([.. unrolling.Losses.Select(loss =>
                new UnrolledMetaGradient(unrolling.Network, unrolling.Link, loss, unrolling.Training, type, device, unrolling.Objective))]);

    private static IMetaGradientSource? Compiled(Unrolling unrolling, int steps, ScalarType type) =>
        type == ScalarType.Float64 ? Compiled<double>(unrolling, steps) : Compiled<float>(unrolling, steps);

    private static IMetaGradientSource? Compiled<T>(Unrolling unrolling, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => unrolling.Network switch
        {
            DenseNetwork dense when steps == 1 => new OneStepMetaGradient<T>(dense, unrolling),
            DenseNetwork dense => ManySteps<T>(dense, unrolling),
            SequentialNetwork layers when LayerRules.Cover(layers) => new SeparateMetaGradients([.. unrolling.Losses.Select(loss => Alone<T>(layers, unrolling with { Losses = [loss] }, steps))]),
            _ => null,
        };

    /// <summary>Any number of steps of a dense network.</summary>
    internal static CompiledMetaGradient<T> ManySteps<T>(DenseNetwork network, Unrolling unrolling)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var members = unrolling.Losses.Count;
        return new CompiledMetaGradient<T>(
            unrolling,
            new DenseBackpropagation<T>(network, unrolling.InnerBatch, members),
            new DenseBackpropagation<T>(network, unrolling.OuterBatch, members),
            Kept<T>(unrolling));
    }

    private static CompiledMetaGradient<T> Alone<T>(SequentialNetwork network, Unrolling unrolling, int steps)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
            unrolling,
            new SequentialBackpropagation<T>(network, unrolling.InnerBatch, curves: steps > 1),
            new SequentialBackpropagation<T>(network, unrolling.OuterBatch),
            Kept<T>(unrolling));

    private static int Kept<T>(Unrolling unrolling)
    {
        var state = (long)System.Runtime.CompilerServices.Unsafe.SizeOf<T>() * unrolling.Losses.Count * unrolling.Network.ParameterCount();
        return (int)Math.Clamp(Memory / state, 1, int.MaxValue);
    }

    private static long Size(ScalarType type) => type == ScalarType.Float64 ? sizeof(double) : sizeof(float);
}
