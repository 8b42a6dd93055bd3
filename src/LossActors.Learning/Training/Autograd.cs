using static TorchSharp.torch;

namespace LossActors.Learning.Training;

/// <summary>libtorch's reverse mode where not every output depends on every input: to ask it for a derivative that no path leads to would end the process.</summary>
internal static class Autograd
{
    /// <summary>The derivatives of some outputs in some inputs, weighted by adjoints; zeros where nothing depends on an input.</summary>
    /// <param name="outputs">What is differentiated.</param>
    /// <param name="inputs">In what.</param>
    /// <param name="adjoints">A weight for each entry of each output; null: 1, for outputs of one entry.</param>
    /// <param name="createGraph">Whether the derivatives are to be differentiated again.</param>
    public static IReadOnlyList<Tensor> Derivatives(IReadOnlyList<Tensor> outputs, IReadOnlyList<Tensor> inputs, IReadOnlyList<Tensor>? adjoints, bool createGraph = false)
    {
        int[] asked = [.. Enumerable.Range(0, outputs.Count).Where(i => outputs[i].requires_grad)];
        if (asked.Length == 0)
        {
            return [.. inputs.Select(input => zeros_like(input))];
        }

        // The handle of a derivative that no path leads to comes back empty.
        var derivatives = autograd.grad(
            [.. asked.Select(i => outputs[i])], [.. inputs], adjoints is null ? null : [.. asked.Select(i => adjoints[i])], retain_graph: createGraph, create_graph: createGraph, allow_unused: true);
        return [.. derivatives.Zip(inputs, (derivative, input) => derivative is null || derivative.IsInvalid ? zeros_like(input) : derivative)];
    }

    /// <summary>The same values at the beginning of a graph.</summary>
    public static Tensor[] Leaves(IEnumerable<Tensor> values) => [.. values.Select(value => value.detach().requires_grad_(true))];
}
