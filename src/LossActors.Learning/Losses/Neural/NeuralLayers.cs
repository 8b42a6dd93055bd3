using static TorchSharp.torch;

namespace LossActors.Learning.Losses.Neural;

/// <summary>
/// A <see cref="NeuralLoss"/> on tensors: its value under autograd, and its derivatives by hand, which need no graph. Each pair (f, y) is a row. With z the sums and h the outputs of
/// a layer, h = softplus(z), h′ = σ(z) and h″ = σ(z)(1 − σ(z)).
/// </summary>
/// <remarks>Results belong to the caller's dispose scope, and so do the views that this object is made of.</remarks>
internal sealed class NeuralLayers
{
    private readonly Tensor[] _weights;
    private readonly Tensor[] _biases;

    /// <param name="parameters">In the order of <see cref="NeuralLoss.Parameters"/>; not copied.</param>
    public NeuralLayers(Tensor parameters)
    {
        if (parameters.dim() != 1 || parameters.shape[0] != NeuralLoss.ParameterCount)
        {
            // Checked here because an error inside autograd ends the process.
            throw new ArgumentException($"Parameters of shape [{string.Join(", ", parameters.shape)}] for a network of {NeuralLoss.ParameterCount}.", nameof(parameters));
        }

        var widths = NeuralLoss.Widths;
        (_weights, _biases) = (new Tensor[widths.Length - 1], new Tensor[widths.Length - 1]);
        var at = 0L;
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            long inputs = widths[layer], outputs = widths[layer + 1];
            _weights[layer] = parameters.narrow(0, at, inputs * outputs).view(outputs, inputs);
            _biases[layer] = parameters.narrow(0, at + (inputs * outputs), outputs);
            at += (inputs + 1) * outputs;
        }
    }

    /// <summary>The loss of each entry, differentiable to second order in f and in the parameters.</summary>
    /// <param name="y">Targets.</param>
    /// <param name="f">Predictions, of the targets' shape.</param>
    public Tensor Evaluate(Tensor y, Tensor f)
    {
        var h = Pairs(y, f);
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            h = nn.functional.softplus(Sums(layer, h));
        }

        return h.view(f.shape);
    }

    /// <summary>The loss of each entry and its derivative in f.</summary>
    /// <param name="y">Targets, [entries].</param>
    /// <param name="f">Predictions, [entries].</param>
    public (Tensor Values, Tensor Slopes) Differentiate(Tensor y, Tensor f)
    {
        var (outputs, rates) = Forward(Pairs(y, f));
        var delta = rates[^1];
        for (var layer = _weights.Length - 1; layer > 0; layer--)
        {
            delta = delta.mm(_weights[layer]) * rates[layer - 1];
        }

        return (outputs[^1].flatten(), delta.mv(ToPrediction));
    }

    /// <summary>How the derivatives in f change: what meta-gradients are made of.</summary>
    /// <param name="y">Targets, [entries].</param>
    /// <param name="f">Predictions, [entries].</param>
    /// <param name="u">How the predictions move, [entries].</param>
    /// <returns>dℓ/df and u · d²ℓ/df², [entries], and Σ u · ∂²ℓ/∂f∂φ, [parameters].</returns>
    public (Tensor Slopes, Tensor SlopeTangents, Tensor Mixed) DifferentiateAlong(Tensor y, Tensor f, Tensor u)
    {
        var pairs = Pairs(y, f);
        var (outputs, rates) = Forward(pairs);
        var motion = stack([u, zeros_like(u)], 1);
        var (sumTangents, outputTangents) = (new Tensor[_weights.Length], new Tensor[_weights.Length]);
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            sumTangents[layer] = (layer == 0 ? motion : outputTangents[layer - 1]).mm(_weights[layer].t());
            outputTangents[layer] = rates[layer] * sumTangents[layer];
        }

        // Backwards from Σ u · dℓ/df, which is the sum of the outputs' tangents: p in the tangents of the sums z, q in the sums themselves.
        var mixed = new Tensor[2 * _weights.Length];
        var (p, q) = (rates[^1], Bend(rates[^1]) * sumTangents[^1]);
        for (var layer = _weights.Length - 1; ; layer--)
        {
            var (below, motionBelow) = layer == 0 ? (pairs, motion) : (outputs[layer - 1], outputTangents[layer - 1]);
            mixed[2 * layer] = (p.t().mm(motionBelow) + q.t().mm(below)).flatten();
            mixed[(2 * layer) + 1] = q.sum(dim: 0);
            if (layer == 0)
            {
                return (p.mv(ToPrediction), q.mv(ToPrediction), cat(mixed));
            }

            var (through, bend) = (p.mm(_weights[layer]), Bend(rates[layer - 1]) * sumTangents[layer - 1]);
            (p, q) = (rates[layer - 1] * through, (rates[layer - 1] * q.mm(_weights[layer])) + (bend * through));
        }
    }

    // How the first layer takes f in.
    private Tensor ToPrediction => _weights[0].select(1, 0);

    private static Tensor Pairs(Tensor y, Tensor f) => stack([f.flatten(), y.flatten()], 1);

    private static Tensor Bend(Tensor rate) => rate - rate.square();

    private Tensor Sums(int layer, Tensor below) => nn.functional.linear(below, _weights[layer], _biases[layer]);

    private (Tensor[] Outputs, Tensor[] Rates) Forward(Tensor pairs)
    {
        var (outputs, rates) = (new Tensor[_weights.Length], new Tensor[_weights.Length]);
        for (var layer = 0; layer < _weights.Length; layer++)
        {
            var sums = Sums(layer, layer == 0 ? pairs : outputs[layer - 1]);
            (outputs[layer], rates[layer]) = (nn.functional.softplus(sums), sums.sigmoid());
        }

        return (outputs, rates);
    }
}
