namespace LossActors.Learning.Protocols;

/// <summary>What is predicted.</summary>
public enum TaskKind
{
    /// <summary>One of several classes; metric: error rate.</summary>
    Classification,
    /// <summary>A number; metric: mean squared error on the standardised target.</summary>
    Regression,
}
