using System.Collections.Immutable;

namespace LossActors.Expressions;

/// <summary>What is known of each <see cref="Primitive"/>: name, arity, commutativity.</summary>
public static class Primitives
{
    /// <summary>Arguments of log and sqrt smaller than this (in absolute value) are clamped to it.</summary>
    public const double Clamp = 1e-7;

    private static readonly string[] s_names =
        ["y", "f", "1", "-1", "add", "sub", "mul", "min", "max", "div", "sign", "square", "abs", "tanh", "log", "sqrt"];

    private static readonly Dictionary<string, Primitive> s_byName =
        s_names.Select((name, i) => (name, (Primitive)i)).ToDictionary(p => p.name, p => p.Item2, StringComparer.Ordinal);

    /// <summary>y, f, 1, -1.</summary>
    public static ImmutableArray<Primitive> Terminals { get; } = [Primitive.Y, Primitive.F, Primitive.One, Primitive.MinusOne];

    /// <summary>The functions of two arguments.</summary>
    public static ImmutableArray<Primitive> Binary { get; } =
        [Primitive.Add, Primitive.Sub, Primitive.Mul, Primitive.Min, Primitive.Max, Primitive.Div];

    /// <summary>The functions of one argument.</summary>
    public static ImmutableArray<Primitive> Unary { get; } =
        [Primitive.Sign, Primitive.Square, Primitive.Abs, Primitive.Tanh, Primitive.Log, Primitive.Sqrt];

    /// <summary>All functions, of one and two arguments.</summary>
    public static ImmutableArray<Primitive> Functions { get; } = [.. Binary, .. Unary];

    /// <summary>How many primitives there are.</summary>
    public static int Count => s_names.Length;

    /// <summary>0 for a terminal, else the number of arguments (1 or 2).</summary>
    public static int Arity(this Primitive primitive) => primitive switch
    {
        <= Primitive.MinusOne => 0,
        <= Primitive.Div => 2,
        <= Primitive.Sqrt => 1,
        _ => throw new ArgumentOutOfRangeException(nameof(primitive), primitive, "unknown primitive"),
    };

    /// <summary>The name in the function form: <c>add</c>, <c>log</c>, <c>y</c>, <c>-1</c>.</summary>
    public static string Name(this Primitive primitive) => s_names[(int)primitive];

    /// <summary>Whether swapping the two arguments changes nothing.</summary>
    public static bool IsCommutative(this Primitive primitive) =>
        primitive is Primitive.Add or Primitive.Mul or Primitive.Min or Primitive.Max;

    /// <summary>Finds a primitive by its exact name.</summary>
    public static bool TryParse(string name, out Primitive primitive) => s_byName.TryGetValue(name, out primitive);
}
