using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CsCheck;
using LossActors.Expressions.Compilation;
using LossActors.Expressions.Export;
using Xunit;

namespace LossActors.Expressions.Tests.Export;

/// <summary>Runs exports with Debian's PyTorch.</summary>
public sealed class PythonExporterTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    // Reads y and f from the first line, then per module: values and derivatives of its elementwise function.
    private const string PointsScript = """
        import importlib, json, sys
        import torch
        y, f = (torch.tensor([float(x) for x in v], dtype=torch.float64) for v in json.loads(sys.argv[1]))
        for i in range(int(sys.argv[2])):
            module = importlib.import_module(f"loss{i}")
            x = f.clone().requires_grad_(True)
            value = module.loss(y, x)
            slope = torch.autograd.grad(value.sum(), x)[0] if value.requires_grad else torch.zeros_like(x)
            print(json.dumps([[str(float(v)) for v in (slope * 1.0 if k else value)] for k in (0, 1)]))
        """;

    private const string CriterionScript = """
        import torch
        from loss0 import LearnedLoss
        logits = torch.tensor([[0.3, -1.2, 0.8], [2.0, 0.1, -0.4]], dtype=torch.float64)
        print(float(LearnedLoss()(logits, torch.tensor([2, 0]))))
        print(float(LearnedLoss()(torch.tensor([0.3, -1.2], dtype=torch.float64), torch.tensor([1, 0]))))
        print(float(LearnedLoss("regression")(logits, torch.zeros(2, 3))))
        """;

    private static readonly Lazy<bool> s_hasTorch = new(() =>
    {
        using var probe = Start("-c", "import torch");
        probe.WaitForExit();
        return probe.ExitCode == 0;
    });

    private readonly string _folder = Directory.CreateTempSubdirectory("lossactors-python-").FullName;

    [Fact]
    public void ExportsRunInPyTorchAndAgreeWithTheKernel() => AssertAgree(ExportedCode.Fifty, ExportedCode.Y, ExportedCode.F);

    // Reverse mode in both, so that ties, zeros, clamps, infinities and NaN come out alike too.
    [Fact]
    public void TheKernelTreatsOddPointsAsPyTorchDoes()
    {
        double[] odd = [0, 1, -1, 2, 1e-7, -1e-7, 5e-8, double.PositiveInfinity, double.NegativeInfinity, double.NaN];
        double[] y = [.. odd.SelectMany(_ => odd)], f = [.. odd.SelectMany(number => Enumerable.Repeat(number, odd.Length))];
        Expression[] expressions =
        [
            .. Primitives.Unary.Select(p => Expression.Parse($"{p.Name()}(2*f)")),
            .. Primitives.Binary.SelectMany(p => new[] { Expression.Parse($"{p.Name()}(f, y)"), Expression.Parse($"{p.Name()}(y, f)"), Expression.Parse($"{p.Name()}(f, f)") }),
            .. ExportedCode.Draw(TreeGen.Trees(4, TreeGen.Exact).Where(t => t.Uses(Primitive.F)), 60),
        ];
        AssertAgree(expressions, y, f);
    }

    [Fact]
    public void TheCriterionSumsOverClassesAndAveragesOverTheBatch()
    {
        SkipWithoutTorch();
        var expression = Expression.Parse("-1*(y * log(0.9*f)) + 0.1*square(f)");
        File.WriteAllText(Path.Combine(_folder, "loss0.py"), Exporter.Export(expression, ExportFormat.Python));
        double[][] logits = [[0.3, -1.2, 0.8], [2.0, 0.1, -0.4]];
        double[] f = [.. logits.SelectMany(Softmax)];
        double[] expected =
        [
            LossKernel.PointDerivatives(expression, [0, 0, 1, 1, 0, 0], f).Value.Sum() / 2,
            LossKernel.PointDerivatives(expression, [1, 0], [1 / (1 + Math.Exp(-0.3)), 1 / (1 + Math.Exp(1.2))]).Value.Average(),
            LossKernel.PointDerivatives(expression, new double[6], [.. logits.SelectMany(l => l)]).Value.Average(),
        ];
        var actual = Run(CriterionScript).Select(Number).ToArray();
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12));
    }

    private void AssertAgree(Expression[] expressions, double[] y, double[] f)
    {
        SkipWithoutTorch();
        for (var i = 0; i < expressions.Length; i++)
        {
            File.WriteAllText(Path.Combine(_folder, $"loss{i}.py"), Exporter.Export(expressions[i], ExportFormat.Python));
        }

        var points = JsonSerializer.Serialize(new[] { y, f }.Select(v => v.Select(x => x.ToString("R", CultureInfo.InvariantCulture))));
        var lines = Run(PointsScript, points, $"{expressions.Length}");
        Assert.Equal(expressions.Length, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var numbers = JsonSerializer.Deserialize<string[][]>(lines[i])!;
            ExportedCode.AssertAgrees(expressions[i], y, f, [.. numbers[0].Select(Number)], [.. numbers[1].Select(Number)]);
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Number(string text) => text.Trim() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => double.Parse(number, CultureInfo.InvariantCulture),
    };

    private static double[] Softmax(double[] logits)
    {
        var powers = logits.Select(Math.Exp).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    }

    private static void SkipWithoutTorch()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        Assert.SkipUnless(s_hasTorch.Value, $"{Python} has no torch; install python3-torch");
    }

    private string[] Run(string script, params string[] arguments)
    {
        var path = Path.Combine(_folder, "script.py");
        File.WriteAllText(path, script);
        using var process = Start([path, .. arguments]);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.Result);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    private static Process Start(params string[] arguments) =>
        Process.Start(new ProcessStartInfo(Python, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
}
