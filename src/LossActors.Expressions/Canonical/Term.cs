namespace LossActors.Expressions.Canonical;

/// <summary>A subtree without the coefficient of its root.</summary>
/// <param name="Primitive">What its root computes.</param>
/// <param name="Left">The first argument, if any.</param>
/// <param name="Right">The second argument, if any.</param>
internal sealed record Term(Primitive Primitive, Factor Left = default, Factor Right = default)
{
    public static Term One { get; } = new(Primitive.One);

    public static Term MinusOne { get; } = new(Primitive.MinusOne);
}

/// <summary>A coefficient times a term. Constants are multiples of <see cref="Term.One"/>, and only they may have coefficient 0.</summary>
internal readonly record struct Factor(double Coefficient, Term Term)
{
    public static Factor Zero { get; } = new(0.0, Term.One);

    public bool IsConstant => Term.Primitive == Primitive.One;

    public bool IsZero => Coefficient == 0.0;

    public static Factor Of(Term term) => new(1.0, term);

    public static Factor Constant(double value) => value == 0.0 ? Zero : new(value, Term.One);

    public Factor Negated => IsZero ? this : this with { Coefficient = -Coefficient };
}
