using LossActors.Learning.Networks;
using LossActors.Learning.Training.Layers;

namespace LossActors.Learning.Training;

/// <summary>Chooses how a network is differentiated on the host.</summary>
internal static class Backpropagation
{
    /// <summary>By hand where somebody has written the rules, by libtorch's autograd for all else.</summary>
    public static IBackpropagation<T> Create<T>(INetwork network, int batch)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> => network switch
        {
            DenseNetwork dense => new DenseBackpropagation<T>(dense, batch),
            SequentialNetwork layers => new SequentialBackpropagation<T>(layers, batch),
            _ => new AutogradBackpropagation<T>(network),
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
