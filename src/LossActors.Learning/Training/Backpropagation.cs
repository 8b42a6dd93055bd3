using LossActors.Learning.Networks;

namespace LossActors.Learning.Training;

/// <summary>Chooses how a network is differentiated on the host.</summary>
internal static class Backpropagation
{
    /// <summary>Hand-written for dense layers, libtorch's autograd for all else.</summary>
    public static IBackpropagation<T> Create<T>(INetwork network, int batch)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        network is DenseNetwork dense ? new DenseBackpropagation<T>(dense, batch) : new AutogradBackpropagation<T>(network);

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
