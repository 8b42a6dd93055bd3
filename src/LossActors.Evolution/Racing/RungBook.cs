using System.Collections.Immutable;

namespace LossActors.Evolution.Racing;

/// <summary>What an island has learned at each rung: the errors of the last candidates that reached it, in the order in which they were judged.</summary>
internal sealed record RungBook
{
    /// <summary>Per rung from the lowest, the oldest error first.</summary>
    public ImmutableArray<ImmutableArray<double>> Errors { get; init; } = [];

    /// <summary>Enters a learning curve: one error per rung that the candidate reached.</summary>
    public RungBook With(ImmutableArray<double> curve, RacingSettings settings)
    {
        if (curve.IsEmpty)
        {
            return this;
        }

        // A population improves: against all that ever ran, most of its offspring would pass.
        var memory = Math.Max(2 * settings.ReductionFactor, settings.WarmUp);
        var errors = Errors.ToBuilder();
        for (var rung = 0; rung < curve.Length; rung++)
        {
            if (rung == errors.Count)
            {
                errors.Add([]);
            }

            var known = errors[rung];
            // A NaN would sort before every number, and be a bar that stops everybody.
            var error = double.IsNaN(curve[rung]) ? double.PositiveInfinity : curve[rung];
            errors[rung] = (known.Length < memory ? known : known.RemoveAt(0)).Add(error);
        }

        return new() { Errors = errors.ToImmutable() };
    }

    /// <summary>The greatest error with which a candidate goes on at a rung; null while too few are known there.</summary>
    public double? Bar(int rung, RacingSettings settings)
    {
        if (rung >= Errors.Length || Errors[rung].Length < settings.WarmUp)
        {
            return null;
        }

        var survivors = (Errors[rung].Length + settings.ReductionFactor - 1) / settings.ReductionFactor;
        return Errors[rung].Sort()[survivors - 1];
    }
}
