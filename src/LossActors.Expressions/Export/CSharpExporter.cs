using LossActors.Expressions.Printing;

namespace LossActors.Expressions.Export;

/// <summary>Writes a static class without dependencies: the loss and its derivative with respect to f at a point, by dual numbers.</summary>
internal static class CSharpExporter
{
    public static string Export(Expression expression)
    {
        var statements = Statements.Of(expression, (name, value) => $"        var {name} = {value};", Call, (c, term) => $"Scale({c}, {term})");
        var helpers = Primitives.Functions.Where(expression.Uses).Select(Helper).Prepend(Scale);
        return $$"""
            using System;

            /// <summary>
            /// A learned loss, exported by LossActors: {{ExpressionFormatter.Infix(expression)}}, where a / b is the analytic
            /// quotient a / sqrt(1 + b^2), and log and sqrt see max(abs a, 1e-7).
            /// </summary>
            public static class LearnedLoss
            {
                /// <summary>The loss of a target y and a prediction f.</summary>
                public static double Value(double y, double f) => Evaluate(y, f).Value;

                /// <summary>Its derivative with respect to f.</summary>
                public static double Derivative(double y, double f) => Evaluate(y, f).Derivative;

                /// <summary>Both.</summary>
                public static (double Value, double Derivative) Evaluate(double y, double f)
                {
            {{string.Join('\n', statements)}}
                    return t0;
                }

            {{string.Join("\n\n", helpers)}}
            }

            """;
    }

    private const string Scale = "    private static (double, double) Scale(double c, (double V, double D) a) => (c * a.V, c * a.D);";

    private static string Call(Primitive primitive, string[] arguments) => primitive switch
    {
        Primitive.Y => "(y, 0.0)",
        Primitive.F => "(f, 1.0)",
        Primitive.One => "(1.0, 0.0)",
        Primitive.MinusOne => "(-1.0, 0.0)",
        _ => $"{primitive}({string.Join(", ", arguments)})",
    };

    private static string Helper(Primitive function) => "    private static (double, double) " + function switch
    {
        Primitive.Add => "Add((double V, double D) a, (double V, double D) b) => (a.V + b.V, a.D + b.D);",
        Primitive.Sub => "Sub((double V, double D) a, (double V, double D) b) => (a.V - b.V, a.D - b.D);",
        Primitive.Mul => "Mul((double V, double D) a, (double V, double D) b) => (a.V * b.V, a.D * b.V + a.V * b.D);",
        Primitive.Min => """
            Min((double V, double D) a, (double V, double D) b) =>
                    (Math.Min(a.V, b.V), a.V == b.V ? 0.5 * (a.D + b.D) : a.V < b.V ? a.D : b.V < a.V ? b.D : a.D + b.D);
            """,
        Primitive.Max => """
            Max((double V, double D) a, (double V, double D) b) =>
                    (Math.Max(a.V, b.V), a.V == b.V ? 0.5 * (a.D + b.D) : a.V > b.V ? a.D : b.V > a.V ? b.D : a.D + b.D);
            """,
        Primitive.Div => """
            Div((double V, double D) a, (double V, double D) b)
                {
                    var s = Math.Sqrt(1.0 + b.V * b.V);
                    return (a.V / s, a.D / s - a.V / s / s * (b.V / s) * b.D);
                }
            """,
        Primitive.Sign => "Sign((double V, double D) a) => (a.V > 0.0 ? 1.0 : a.V < 0.0 ? -1.0 : 0.0, 0.0);",
        Primitive.Square => "Square((double V, double D) a) => (a.V * a.V, 2.0 * a.V * a.D);",
        Primitive.Abs => "Abs((double V, double D) a) => (Math.Abs(a.V), a.V > 0.0 ? a.D : a.V < 0.0 ? -a.D : 0.0);",
        Primitive.Tanh => """
            Tanh((double V, double D) a)
                {
                    var t = Math.Tanh(a.V);
                    return (t, (1.0 - t * t) * a.D);
                }
            """,
        Primitive.Log => """
            Log((double V, double D) a) =>
                    (Math.Log(Math.Max(Math.Abs(a.V), 1e-7)), Math.Abs(a.V) >= 1e-7 ? a.D / a.V : 0.0);
            """,
        Primitive.Sqrt => """
            Sqrt((double V, double D) a)
                {
                    var r = Math.Sqrt(Math.Max(Math.Abs(a.V), 1e-7));
                    return (r, Math.Abs(a.V) >= 1e-7 ? (a.V < 0.0 ? -a.D : a.D) / (2.0 * r) : 0.0);
                }
            """,
        _ => throw new ArgumentOutOfRangeException(nameof(function), function, "not a function"),
    };
}
