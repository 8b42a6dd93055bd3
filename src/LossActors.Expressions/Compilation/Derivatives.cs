namespace LossActors.Expressions.Compilation;

/// <summary>An expression's value and derivatives, point by point.</summary>
/// <param name="Value">ℓ[point].</param>
/// <param name="DF">dℓ/df[point].</param>
/// <param name="DW">dℓ/dw[point][node], nodes root first; the root's column is 0.</param>
/// <param name="D2FW">d²ℓ/(df dw)[point][node], nodes root first; the root's column is 0.</param>
public sealed record Derivatives(double[] Value, double[] DF, double[][] DW, double[][] D2FW);
