using LossActors.Evolution.Randomness;

namespace LossActors.Learning.Networks;

/// <summary>In which mode a network computes its outputs: what batch normalisation goes by, and whether dropout drops anything.</summary>
public sealed class ForwardPass
{
    private readonly DropoutMasks? _masks;
    private readonly int _step;

    private ForwardPass(bool usesBatch, DropoutMasks? masks, int step) => (UsesBatchStatistics, _masks, _step) = (usesBatch, masks, step);

    /// <summary>As a trained network is used: normalised by the running statistics, nothing dropped.</summary>
    public static ForwardPass Evaluation { get; } = new(usesBatch: false, null, 0);

    /// <summary>
    /// As a network is judged that has taken few steps or none, whose running statistics therefore say little: normalised by the batch's own statistics, which leave no
    /// trace, and nothing dropped.
    /// </summary>
    public static ForwardPass Judgement { get; } = new(usesBatch: true, null, 0);

    /// <summary>A step of training: normalised by the batch's own statistics, which move the running ones where a state holds some, and units dropped.</summary>
    /// <param name="masks">Of this training.</param>
    /// <param name="step">From 0.</param>
    public static ForwardPass Training(DropoutMasks masks, int step) => new(usesBatch: true, masks, step);

    /// <summary>Whether batches are normalised by their own statistics.</summary>
    internal bool UsesBatchStatistics { get; }

    /// <summary>Whether running statistics move and units are dropped.</summary>
    internal bool IsTraining => _masks is not null;

    /// <summary>Where the mask of a dropout layer is drawn from; null: it drops nothing.</summary>
    /// <param name="layer">Counts the network's dropout layers.</param>
    internal RandomStream? Mask(int layer) => _masks?.Of(_step, layer);
}
