using System.Collections.Immutable;
using CsCheck;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Tests.Simulation;
using LossActors.Evolution.Variation;
using LossActors.Expressions;
using LossActors.Expressions.Canonical;
using Xunit;

namespace LossActors.Evolution.Tests.Variation;

public sealed class VariationTests
{
    private static readonly IslandSettings s_settings = new();
    private static readonly Gen<(Expression Tree, Expression Other, int Number)> s_cases =
        Gen.Select(Trees.Genomes(s_settings), Trees.Genomes(s_settings), Gen.Int[0, 1_000_000]);

    public static TheoryData<Origin> Operators { get; } = [.. VariationTable.All.Select(o => o.Origin)];

    [Fact]
    public void TheTableHoldsAnOperatorForEachDefaultWeightAndReproduction() =>
        Assert.Equal([.. VariationDefaults.Weights.Keys, Origin.Reproduction], VariationTable.All.Select(o => o.Origin));

    [Theory]
    [MemberData(nameof(Operators))]
    public void AnOperatorMakesTheSameChildFromTheSameStream(Origin origin) => s_cases.Sample(c =>
        Assert.Equal(Apply(origin, c.Tree, c.Other, c.Number), Apply(origin, c.Tree, c.Other, c.Number)), iter: 200);

    [Theory]
    [MemberData(nameof(Operators))]
    public void AnOperatorUsuallyChangesItsParentAndReproductionNever(Origin origin)
    {
        var changed = 0;
        s_cases.Sample(
            c => Interlocked.Add(ref changed, c.Tree.Equals(Apply(origin, c.Tree, c.Other, c.Number) ?? c.Tree) ? 0 : 1), iter: 400);
        Assert.InRange(changed, origin == Origin.Reproduction ? 0 : 200, origin == Origin.Reproduction ? 0 : 400);
    }

    [Fact]
    public void APointMutationKeepsTheShapeAndChangesOneNode() => s_cases.Sample(c =>
    {
        var child = Apply(Origin.Point, c.Tree, c.Tree, c.Number)!;
        Assert.Equal(c.Tree.Select(n => n.Arity), child.Select(n => n.Arity));
        Assert.Equal(c.Tree.Weights, child.Weights);
        Assert.Single(c.Tree.Zip(child), pair => pair.First != pair.Second);
    });

    [Fact]
    public void AHoistShrinksTheTreeToNodesItHad() => s_cases.Sample(c =>
    {
        var child = Apply(Origin.Hoist, c.Tree, c.Tree, c.Number)!;
        Assert.True(child.Count < c.Tree.Count);
        Assert.True(IsPartOf(child, c.Tree));
    });

    [Fact]
    public void AnInsertionAddsAFunctionAndAtMostATerminal() => s_cases.Sample(c =>
    {
        var child = Apply(Origin.Insert, c.Tree, c.Tree, c.Number)!;
        Assert.InRange(child.Count, c.Tree.Count + 1, c.Tree.Count + 2);
        Assert.Equal(c.Tree.Functions().Length + 1, child.Functions().Length);
        Assert.True(IsPartOf(c.Tree, child));
    });

    [Fact]
    public void ADeletionTakesOneFunctionAwayAndKeepsOneArgument() => s_cases.Sample(c =>
    {
        var child = Apply(Origin.Delete, c.Tree, c.Tree, c.Number)!;
        Assert.True(child.Count < c.Tree.Count);
        Assert.True(IsPartOf(child, c.Tree));
    });

    [Fact]
    public void ARotationKeepsTheNodes() => s_cases.Sample(c =>
    {
        if (Apply(Origin.Rotate, c.Tree, c.Tree, c.Number) is { } child)
        {
            Assert.Equal(Counts(c.Tree), Counts(child));
        }
    });

    [Fact]
    public void ARotationPutsTheChildAboveItsParent()
    {
        var tree = Trees.Of(Primitive.Abs, Primitive.Log, Primitive.F);
        Assert.Equal(Trees.Of(Primitive.Log, Primitive.Abs, Primitive.F), Apply(Origin.Rotate, tree, tree, 1));
    }

    [Fact]
    public void ATreeWithoutTwoNestedFunctionsCannotBeRotated() =>
        Assert.Null(Apply(Origin.Rotate, Trees.Difference, Trees.Difference, 1));

    [Fact]
    public void CoefficientsChangeWithoutChangingTheStructure() => s_cases.Sample(c =>
    {
        // The canonical form knows the coefficient 0, which no factor changes.
        var child = Apply(Origin.Coefficient, c.Tree, c.Tree, c.Number) ?? c.Tree;
        Assert.Equal(c.Tree.Select(n => n.Primitive), child.Select(n => n.Primitive));
        Assert.All(c.Tree.Weights.Zip(child.Weights), w => Assert.Equal(w.First == 0, w.Second == 0));
    });

    [Fact]
    public void ACrossoverMakesNodesOfBothParentsOnly() => s_cases.Sample(c =>
    {
        var child = Apply(Origin.Crossover, c.Tree, c.Other, c.Number)!;
        var known = c.Tree.Concat(c.Other).ToHashSet();
        Assert.All(child, n => Assert.Contains(n, known));
    });

    [Fact]
    public void OperatorsAreDrawnInProportionToTheirWeights()
    {
        var weights = VariationDefaults.Weights.Remove(Origin.Crossover).Add(Origin.Crossover, 0).SetItem(Origin.Subtree, 0.5);
        var random = Trees.Stream(1);
        var drawn = Enumerable.Range(0, 10_000).Select(_ => VariationTable.Draw(weights, random).Origin).CountBy(o => o).ToDictionary();
        var total = weights.Values.Sum();
        Assert.All(weights, w => Assert.Equal(w.Value / total, drawn.GetValueOrDefault(w.Key) / 10_000.0, 0.02));
    }

    [Fact]
    public void GenomesAreCanonicalLossesWithinTheCapsAndOfAllowedPrimitives()
    {
        var settings = new IslandSettings
        {
            MaxHeight = 5, MaxNodes = 14, MaxInitialHeight = 3,
            Primitives = [.. Primitives.Terminals, Primitive.Add, Primitive.Sub, Primitive.Mul, Primitive.Log, Primitive.Square],
        };
        Gen.Select(Trees.Genomes(settings), Trees.Genomes(settings), Gen.Int[0, 1_000_000]).Sample((tree, other, number) =>
        {
            var random = Trees.Stream(number);
            if (VariationTable.Draw(settings.Variation, random).Apply(tree, other, settings, random) is { } raw
                && Viability.Make(raw, settings, random) is { } child)
            {
                Assert.True(child.IsLoss);
                Assert.InRange(child.Height, 1, 5);
                Assert.InRange(child.Count, 3, 14);
                Assert.All(child, n => Assert.Contains(n.Primitive, settings.Primitives));
                Assert.Equal(child, Canonicalizer.Canonical(child));
            }
        });
    }

    private static Expression? Apply(Origin origin, Expression first, Expression second, int number) =>
        VariationTable.All.Single(o => o.Origin == origin).Apply(first, second, s_settings, Trees.Stream(number));

    private static ImmutableSortedDictionary<string, int> Counts(Expression tree) =>
        tree.CountBy(n => n.ToString()).ToImmutableSortedDictionary(p => p.Key, p => p.Value);

    // Whether one can be had from the other by leaving nodes out.
    private static bool IsPartOf(Expression part, Expression whole)
    {
        var next = 0;
        foreach (var node in whole)
        {
            next += next < part.Count && part[next] == node ? 1 : 0;
        }

        return next == part.Count;
    }
}
