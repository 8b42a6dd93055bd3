namespace LossActors.Expressions.Export;

/// <summary>What an expression can be exported as.</summary>
public enum ExportFormat
{
    /// <summary>The weighted function form, which the parser reads back exactly.</summary>
    Expression,
    /// <summary>A formula for a paper.</summary>
    Latex,
    /// <summary>A PyTorch module and an elementwise function.</summary>
    Python,
    /// <summary>A static class without dependencies.</summary>
    CSharp,
    /// <summary>Structure and weights apart, as in the command line's other JSON.</summary>
    Json,
}
