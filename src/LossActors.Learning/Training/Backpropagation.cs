using LossActors.Learning.Networks;
using LossActors.Learning.Training.Layers;

namespace LossActors.Learning.Training;

/// <summary>Chooses how a network is differentiated on the host.</summary>
internal static class Backpropagation
{
    /// <summary>Whether somebody has written the rules for a network; all others are left to libtorch's autograd.</summary>
    public static bool HasRules(INetwork network) => network is DenseNetwork || (network is SequentialNetwork layers && LayerRules.Cover(layers));

    /// <summary>Makes what <see cref="HasRules"/> promises.</summary>
    public static IBackpropagation<T> Create<T>(INetwork network, int batch)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => network switch
        {
            DenseNetwork dense => new DenseBackpropagation<T>(dense, batch),
            SequentialNetwork layers => new SequentialBackpropagation<T>(layers, batch),
            _ => throw new NotSupportedException($"Nobody has written the rules for {network.Name}."),
        };

    /// <summary>Copies initial weights into one piece.</summary>
    public static void Load<T>(Span<T> weights, float[][] initial)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        var i = 0;
        foreach (var parameter in initial)
        {
            foreach (var weight in parameter)
            {
                weights[i++] = T.CreateChecked(weight);
            }
        }
    }
}
