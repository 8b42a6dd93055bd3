using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using LossActors.Cli.Output;
using LossActors.Expressions;
using LossActors.Expressions.Compilation;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Commands;

/// <summary><c>eval EXPR --y … --f …</c>: value and derivatives of an expression, point by point.</summary>
internal static class EvalCommand
{
    public static Command Create(CliEnvironment environment)
    {
        var expression = new Argument<string>("EXPR") { Description = "An expression: mul(log(f), y), y * log(f), 0.98*log(1.2*f)." };
        var y = new Option<string>("--y") { Description = "Targets, separated by commas.", HelpName = "0,1", Required = true };
        var f = new Option<string>("--f") { Description = "Predictions, as many.", HelpName = "0.2,0.7", Required = true };
        var weights = new Option<string?>("--weights") { Description = "A coefficient per node, root first; replaces those of the expression.", HelpName = "1,1.2,…" };
        var json = CommonOptions.Json();
        var command = new Command("eval", "Computes an expression and its derivatives, point by point. a / b is the analytic quotient a / sqrt(1 + b²), log and sqrt are protected: log(a) = ln(max(|a|, 1e-7)), sqrt(a) = sqrt(max(|a|, 1e-7)).") { expression, y, f, weights, json };
        command.SetAction(parsed =>
        {
            var loss = Weighted(Expression.Parse(parsed.GetRequiredValue(expression)), parsed.GetValue(weights));
            var targets = NumberList.Parse("--y", parsed.GetRequiredValue(y));
            var predictions = NumberList.Parse("--f", parsed.GetRequiredValue(f));
            if (targets.Length != predictions.Length)
            {
                throw new CliException(Numbers.Text($"--y has {targets.Length} values, --f has {predictions.Length}; give one of each per point"));
            }

            var result = LossKernel.PointDerivatives(loss, targets, predictions);
            if (parsed.GetValue(json))
            {
                JsonOutput.WriteDocument(environment.Out, ToJson(loss, result));
            }
            else
            {
                WriteTables(environment, loss, targets, predictions, result);
            }

            return (int)ExitCode.Done;
        });
        return command;
    }

    private static Expression Weighted(Expression loss, string? weights)
    {
        if (weights is null)
        {
            return loss;
        }

        var numbers = NumberList.Parse("--weights", weights);
        return numbers.Length == loss.Count
            ? loss.WithWeights(numbers)
            : throw new CliException(Numbers.Text($"--weights has {numbers.Length} values, but the expression has {loss.Count} nodes; give one per node, root first"));
    }

    private static JsonObject ToJson(Expression loss, Derivatives result) => new()
    {
        ["expression"] = ExpressionFormatter.Function(loss),
        ["value"] = JsonOutput.Numbers(result.Value),
        ["d_f"] = JsonOutput.Numbers(result.DF),
        ["d_w"] = new JsonArray([.. result.DW.Select(JsonOutput.Numbers)]),
        ["d2_f_w"] = new JsonArray([.. result.D2FW.Select(JsonOutput.Numbers)]),
    };

    private static void WriteTables(CliEnvironment environment, Expression loss, double[] y, double[] f, Derivatives result)
    {
        environment.Out.WriteLine(ExpressionFormatter.WeightedFunction(loss));
        TextTable.Write(
            environment,
            ["#y", "#f", "#value", "#d/df"],
            y.Select((_, i) => new[] { y[i], f[i], result.Value[i], result.DF[i] }.Select(Numbers.Exact)));
        environment.Out.WriteLine();
        TextTable.Write(
            environment,
            ["#node", "primitive", "#weight", "#sum d/dw", "#sum d²/(df dw)"],
            loss.Select((node, i) => new[]
            {
                i.ToString(CultureInfo.InvariantCulture), node.Primitive.Name(), Numbers.Exact(node.Coefficient), Numbers.Exact(result.DW.Sum(d => d[i])), Numbers.Exact(result.D2FW.Sum(d => d[i])),
            }));
    }
}
