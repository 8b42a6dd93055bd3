using System.Numerics;

namespace LossActors.Learning.Training.Layers;

/// <summary>Between row-major batches, [instance, feature], as tasks and losses have them, and the lanes of a <see cref="Flow{T}"/>.</summary>
internal static unsafe class BatchLanes
{
    /// <summary>Fills a flow with a batch of images or features.</summary>
    /// <param name="batch">[instance, (channel, y, x)].</param>
    /// <param name="flow">Lanes beyond the batch stay as they are.</param>
    public static void Load<T>(ReadOnlySpan<T> batch, Flow<T> flow)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        var (size, pixels) = (flow.Shape.Size, flow.Shape.Height * flow.Shape.Width);
        var instances = batch.Length / size;
        fixed (T* source = batch)
        {
            for (var block = 0; block < flow.Blocks; block++)
            {
                var first = source + ((long)block * flow.Lanes * size);
                var row = flow.Block(block);
                var lanes = Math.Min(flow.Lanes, instances - (block * flow.Lanes));
                for (var pixel = 0; pixel < pixels; pixel++)
                {
                    for (var channel = 0; channel < flow.Shape.Channels; channel++)
                    {
                        Gather(first + (channel * pixels) + pixel, size, row, lanes);
                        row += flow.Lanes;
                    }
                }
            }
        }
    }

    /// <summary>Fills the matrix of a flow of features with a batch.</summary>
    /// <param name="batch">[instance, feature].</param>
    /// <param name="features">[feature, lane]; lanes beyond the batch stay as they are.</param>
    /// <param name="lanes">Instances and empty lanes.</param>
    /// <param name="width">Features.</param>
    public static void Load<T>(ReadOnlySpan<T> batch, Span<T> features, int lanes, int width)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var (instance, feature) = Math.DivRem(i, width);
            features[(feature * lanes) + instance] = batch[i];
        }
    }

    /// <summary>Features as a batch.</summary>
    /// <param name="features">[feature, lane].</param>
    /// <param name="lanes">Instances and empty lanes.</param>
    /// <param name="batch">Receives [instance, feature].</param>
    /// <param name="width">Features.</param>
    public static void Store<T>(ReadOnlySpan<T> features, int lanes, Span<T> batch, int width)
    {
        for (var i = 0; i < batch.Length; i++)
        {
            var (instance, feature) = Math.DivRem(i, width);
            batch[i] = features[(feature * lanes) + instance];
        }
    }

    private static void Gather<T>(T* source, int stride, T* row, int lanes)
        where T : unmanaged
    {
        for (var lane = 0; lane < lanes; lane++)
        {
            row[lane] = *source;
            source += stride;
        }
    }
}
