
using LossActors.Expressions;

namespace LossActors.Evolution;

internal static class Canonicalizer
{
    public static Expression Canonical(Expression expression) => expression;
}

internal static class ExpressionKey
{
    public static UInt128 Exact(Expression expression) => Hash(expression, true);

    public static UInt128 Structure(Expression expression) => Hash(expression, false);

    private static UInt128 Hash(Expression expression, bool weights)
    {
        UInt128 hash = new(0x6c62272e07bb0142, 0x62b821756295c58d);
        UInt128 prime = new(0x0000000001000000, 0x000000000000013B);
        foreach (var node in expression.Nodes)
        {
            hash = (hash ^ (UInt128)(byte)node.Primitive) * prime;
            if (weights)
            {
                hash = (hash ^ (UInt128)BitConverter.DoubleToUInt64Bits(node.Coefficient)) * prime;
            }
        }

        return hash;
    }
}
