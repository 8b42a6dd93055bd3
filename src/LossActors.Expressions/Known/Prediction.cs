namespace LossActors.Expressions.Known;

/// <summary>What the prediction f of a loss is, which decides the form of a known one.</summary>
public enum Prediction
{
    /// <summary>A number (regression): y and f are numbers, averaged over outputs.</summary>
    Number,

    /// <summary>The probability of one of two classes (a sigmoid): y is 0 or 1.</summary>
    Probability,

    /// <summary>A distribution over three or more classes (a softmax): y is one-hot, the loss is summed over classes.</summary>
    Distribution,
}
