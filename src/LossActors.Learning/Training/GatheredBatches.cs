using System.Collections;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>The next batches of a sequence, remembered by their rows and by what is done to their images: each look gathers a batch anew, into the caller's dispose scope.</summary>
internal sealed class GatheredBatches : IReadOnlyList<(Tensor Inputs, Tensor Targets)>
{
    private readonly LearningPart _part;
    private readonly (long[] Rows, Distortion[]? Distortions)[] _batches;

    /// <param name="part">Where instances come from.</param>
    /// <param name="sequence">Advanced by <paramref name="count"/> batches.</param>
    /// <param name="count">How many.</param>
    public GatheredBatches(LearningPart part, BatchSequence sequence, int count)
    {
        _part = part;
        _batches = [.. Enumerable.Range(0, count).Select(_ => (sequence.Next().ToArray(), part.Distort(sequence)))];
    }

    /// <inheritdoc/>
    public int Count => _batches.Length;

    /// <inheritdoc/>
    public (Tensor Inputs, Tensor Targets) this[int index] => _part.Select(_batches[index].Rows, _batches[index].Distortions);

    /// <inheritdoc/>
    public IEnumerator<(Tensor Inputs, Tensor Targets)> GetEnumerator() => Enumerable.Range(0, Count).Select(i => this[i]).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
