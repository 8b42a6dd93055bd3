using LossActors.Learning.Networks;
using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>Networks that share batches and nothing else: each takes its steps alone, and gets what it would get alone, to the last bit.</summary>
internal sealed class SeparateCohort(IReadOnlyList<ITrainee> trainees) : ICohort
{
    /// <inheritdoc/>
    public void Step(Tensor inputs, Tensor targets, ForwardPass pass, ReadOnlySpan<double> learningRates, Span<bool> diverged)
    {
        for (var i = 0; i < trainees.Count; i++)
        {
            diverged[i] = diverged[i] || !trainees[i].Step(inputs, targets, pass, learningRates[i]);
        }
    }

    /// <inheritdoc/>
    public ICohort Keep(IReadOnlyList<int> members)
    {
        foreach (var leaving in Enumerable.Range(0, trainees.Count).Except(members))
        {
            trainees[leaving].Dispose();
        }

        return new SeparateCohort([.. members.Select(member => trainees[member])]);
    }

    /// <inheritdoc/>
    public Tensor[] Release(int member)
    {
        using var scope = NewDisposeScope();
        return [.. trainees[member].Parameters.Concat(trainees[member].Buffers).Select(p => p.detach().clone().DetachFromDisposeScope())];
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var trainee in trainees)
        {
            trainee.Dispose();
        }
    }
}
