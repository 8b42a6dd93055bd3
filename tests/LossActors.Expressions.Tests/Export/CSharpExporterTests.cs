using LossActors.Expressions.Export;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Xunit;

namespace LossActors.Expressions.Tests.Export;

public sealed class CSharpExporterTests
{
    private static readonly MetadataReference[] s_references =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "System.Private.CoreLib.dll" or "System.Runtime.dll")
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    [Fact]
    public void CompiledExportsAgreeWithTheKernel() =>
        Assert.All(ExportedCode.Fifty, expression =>
        {
            var evaluate = Compile(Exporter.Export(expression, ExportFormat.CSharp));
            var points = ExportedCode.Y.Zip(ExportedCode.F, evaluate).ToArray();
            ExportedCode.AssertAgrees(expression, ExportedCode.Y, ExportedCode.F, [.. points.Select(p => p.Value)], [.. points.Select(p => p.Derivative)]);
        });

    private static Func<double, double, (double Value, double Derivative)> Compile(string source)
    {
        var compilation = CSharpCompilation.Create(
            "Exported" + Guid.NewGuid().ToString("n"),
            [CSharpSyntaxTree.ParseText(source)],
            s_references,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, warningLevel: 9999, generalDiagnosticOption: ReportDiagnostic.Error));
        using var image = new MemoryStream();
        var result = compilation.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics) + source);
        var method = System.Reflection.Assembly.Load(image.ToArray()).GetType("LearnedLoss")!.GetMethod("Evaluate")!;
        return method.CreateDelegate<Func<double, double, (double, double)>>();
    }
}
