namespace LossActors.Learning.Protocols;

/// <summary>What to do about missing values in a table.</summary>
public enum MissingValues
{
    /// <summary>Refuse the file, naming the first one.</summary>
    Refuse,
    /// <summary>Leave out the rows that have one.</summary>
    Drop,
    /// <summary>Put the training part's mean (or its commonest category) in their place.</summary>
    Impute,
}
