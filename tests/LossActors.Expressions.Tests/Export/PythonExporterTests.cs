using System.Diagnostics;
using System.Text.Json;
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
        y, f = (torch.tensor(v, dtype=torch.float64) for v in json.loads(sys.argv[1]))
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

    private readonly string _folder = Directory.CreateTempSubdirectory("lossactors-python-").FullName;

    [Fact]
    public void ExportsRunInPyTorchAndAgreeWithTheKernel()
    {
        SkipWithoutTorch();
        var expressions = ExportedCode.Fifty;
        for (var i = 0; i < expressions.Length; i++)
        {
            File.WriteAllText(Path.Combine(_folder, $"loss{i}.py"), Exporter.Export(expressions[i], ExportFormat.Python));
        }

        var points = JsonSerializer.Serialize(new[] { ExportedCode.Y, ExportedCode.F });
        var lines = Run(PointsScript, points, $"{expressions.Length}");
        Assert.Equal(expressions.Length, lines.Length);
        for (var i = 0; i < lines.Length; i++)
        {
            var numbers = JsonSerializer.Deserialize<string[][]>(lines[i])!;
            ExportedCode.AssertAgrees(expressions[i], [.. numbers[0].Select(Number)], [.. numbers[1].Select(Number)]);
        }
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

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static double Number(string text) => text.Trim() switch
    {
        "nan" => double.NaN,
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        var number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture),
    };

    private static double[] Softmax(double[] logits)
    {
        var powers = logits.Select(Math.Exp).ToArray();
        return [.. powers.Select(p => p / powers.Sum())];
    }

    private static void SkipWithoutTorch()
    {
        Assert.SkipUnless(File.Exists(Python), $"{Python} is not installed");
        using var probe = Start("-c", "import torch");
        probe.WaitForExit();
        Assert.SkipUnless(probe.ExitCode == 0, $"{Python} has no torch; install python3-torch");
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
