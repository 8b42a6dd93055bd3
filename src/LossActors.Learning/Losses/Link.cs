
namespace LossActors.Learning.Losses;

/// <summary>How a network's outputs (logits) become the prediction f of a loss: the inverse link of a generalised linear model.</summary>
public enum Link
{
    /// <summary>Regression: f is the output itself.</summary>
    Identity,

    /// <summary>Two classes with one output: f = 1 / (1 + exp(-logit)), y is 0 or 1.</summary>
    Logistic,

    /// <summary>Three or more classes: f = softmax(logits), y is one-hot.</summary>
    Softmax,
}
