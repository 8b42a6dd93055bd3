using LossActors.Expressions;
using TorchSharp;
using static TorchSharp.torch;

namespace LossActors.Learning.Losses;

/// <summary>The primitives on tensors with their derivatives by the method's conventions: at ties the gradient is split evenly, d sign = 0, d abs(0) = 0, nothing passes below the clamp.</summary>
internal static class TensorPrimitives
{
    private static readonly Scalar s_clamp = Primitives.Clamp.ToScalar();
    private static readonly Scalar s_half = 0.5.ToScalar();
    private static readonly Scalar s_one = 1.0.ToScalar();
    private static readonly Scalar s_two = 2.0.ToScalar();

    /// <summary>A function of one argument.</summary>
    public static Tensor Value(Primitive primitive, Tensor a) => primitive switch
    {
        Primitive.Sign => a.sign(),
        Primitive.Square => a.square(),
        Primitive.Abs => a.abs(),
        Primitive.Tanh => a.tanh(),
        Primitive.Log => a.abs().clamp(min: s_clamp).log(),
        Primitive.Sqrt => a.abs().clamp(min: s_clamp).sqrt(),
        _ => throw new ArgumentOutOfRangeException(nameof(primitive), primitive, "not a function of one argument"),
    };

    /// <summary>A function of two arguments.</summary>
    public static Tensor Value(Primitive primitive, Tensor a, Tensor b) => primitive switch
    {
        Primitive.Add => a + b,
        Primitive.Sub => a - b,
        Primitive.Mul => a * b,
        Primitive.Min => minimum(a, b),
        Primitive.Max => maximum(a, b),
        Primitive.Div => a / Root(b),
        _ => throw new ArgumentOutOfRangeException(nameof(primitive), primitive, "not a function of two arguments"),
    };

    /// <summary>What reaches the argument of a function of one argument.</summary>
    public static Tensor Gradient(Primitive primitive, Tensor gradient, Tensor a) => primitive switch
    {
        Primitive.Sign => zeros_like(gradient),
        Primitive.Square => gradient * a * s_two,
        Primitive.Abs => gradient * a.sign(),
        Primitive.Tanh => gradient * (a.tanh().square().neg() + s_one),
        Primitive.Log => where(a.abs().ge(s_clamp), gradient / a, zeros_like(gradient)),
        Primitive.Sqrt => where(a.abs().ge(s_clamp), gradient * a.sign() * s_half / a.abs().sqrt(), zeros_like(gradient)),
        _ => throw new ArgumentOutOfRangeException(nameof(primitive), primitive, "not a function of one argument"),
    };

    /// <summary>What reaches both arguments of a function of two.</summary>
    public static (Tensor First, Tensor Second) Gradient(Primitive primitive, Tensor gradient, Tensor a, Tensor b)
    {
        switch (primitive)
        {
            case Primitive.Add:
                return (gradient, gradient);
            case Primitive.Sub:
                return (gradient, gradient.neg());
            case Primitive.Mul:
                return (gradient * b, gradient * a);
            case Primitive.Min:
                return Split(gradient, a.le(b), b.le(a));
            case Primitive.Max:
                return Split(gradient, a.ge(b), b.ge(a));
            case Primitive.Div:
                var inverse = Root(b).reciprocal();
                return (gradient * inverse, (gradient * a * b * inverse.pow(3)).neg());
            default:
                throw new ArgumentOutOfRangeException(nameof(primitive), primitive, "not a function of two arguments");
        }
    }

    private static Tensor Root(Tensor b) => (b.square() + s_one).sqrt();

    // Where both are chosen each gets a half.
    private static (Tensor First, Tensor Second) Split(Tensor gradient, Tensor first, Tensor second)
    {
        var share = where(first.logical_and(second), gradient * s_half, gradient);
        var nothing = zeros_like(gradient);
        return (where(first, share, nothing), where(second, share, nothing));
    }
}
