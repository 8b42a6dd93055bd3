using System.Text.Json;
using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>Writes an expression as code or text that runs elsewhere, coefficients exact.</summary>
public static class Exporter
{
    /// <summary>The whole text of an export, lines ended by \n.</summary>
    /// <exception cref="ArgumentOutOfRangeException">An unknown format.</exception>
    public static string Export(Expression expression, ExportFormat format)
    {
        ArgumentNullException.ThrowIfNull(expression);
        return format switch
        {
            ExportFormat.Expression => ExpressionFormatter.WeightedFunction(expression) + "\n",
            ExportFormat.Latex => LatexExporter.Export(expression) + "\n",
            ExportFormat.Python => PythonExporter.Export(expression),
            ExportFormat.CSharp => CSharpExporter.Export(expression),
            ExportFormat.Json => Json(expression) + "\n",
            _ => throw new ArgumentOutOfRangeException(nameof(format), format, "unknown format"),
        };
    }

    private static string Json(Expression expression) => JsonSerializer.Serialize(new
    {
        expression = ExpressionFormatter.Function(expression),
        weights = expression.Weights,
        complexity = expression.Count,
    });
}
