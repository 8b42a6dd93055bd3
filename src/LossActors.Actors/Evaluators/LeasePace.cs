using LossActors.Actors.Protocol;

namespace LossActors.Actors.Evaluators;

/// <summary>
/// How many jobs a slot asks for at once: as many as it has lately finished within the target, never more than its bench can do together. Begins small
/// and at most doubles from lease to lease, so that a slow task never gets a long lease by surprise.
/// </summary>
/// <param name="target">How long a lease should take.</param>
internal sealed class LeasePace(TimeSpan target)
{
    private const int First = 4;

    private Appetite _capacity = new();

    /// <summary>What to ask for now.</summary>
    public Appetite Appetite { get; private set; } = new();

    /// <summary>A bench has been opened.</summary>
    /// <param name="capacity">What it can do together.</param>
    public void Begin(Appetite capacity)
    {
        _capacity = capacity;
        Appetite = new(Math.Min(First, capacity.Screen), Math.Min(First, capacity.Train), Math.Min(First, capacity.Refine));
    }

    /// <summary>A lease of so many jobs took so long.</summary>
    public void Learn(JobKind kind, int jobs, TimeSpan elapsed)
    {
        var within = elapsed > TimeSpan.Zero ? jobs * (target / elapsed) : double.MaxValue;

        // A lease of fewer jobs than asked for says little about how many are too many, unless it was itself too long.
        var most = Math.Min(_capacity.For(kind), 2 * Math.Max(jobs, Appetite.For(kind)));
        var next = (int)Math.Clamp(within, 1, most);
        Appetite = kind switch
        {
            JobKind.Screen => Appetite with { Screen = next },
            JobKind.Refine => Appetite with { Refine = next },
            JobKind.Learn => Appetite,
            _ => Appetite with { Train = next },
        };
    }
}
