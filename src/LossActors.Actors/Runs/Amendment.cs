using System.Collections.Immutable;
using LossActors.Actors.Experiments;

namespace LossActors.Actors.Runs;

/// <summary>What a user may change about a search while it goes on.</summary>
public abstract record Amendment
{
    /// <summary>Other settings of the search, for what comes from now on.</summary>
    /// <param name="Settings">The keys and their values.</param>
    /// <param name="Island">The only island that is to have them; null: all that have none of their own.</param>
    public sealed record Change(ImmutableArray<ExperimentOverride> Settings, int? Island) : Amendment;

    /// <summary>One island more.</summary>
    /// <param name="CloneOf">The island that it is to be like, members included; null: it begins as the others did.</param>
    /// <param name="Settings">What it is to have of its own.</param>
    public sealed record AddIsland(int? CloneOf, ImmutableArray<ExperimentOverride> Settings) : Amendment;

    /// <summary>An island finishes what it has in flight and proposes nothing any more; what it has not spent is the others'.</summary>
    public sealed record CloseIsland(int Island) : Amendment;

    /// <summary>An island finishes what it has in flight and waits. The run does not end before it goes on or is closed.</summary>
    public sealed record PauseIsland(int Island) : Amendment;

    /// <summary>A paused island goes on.</summary>
    public sealed record ResumeIsland(int Island) : Amendment;

    /// <summary>A loss of the user's becomes the next birth of an island.</summary>
    /// <param name="Expression">The loss, as an expression is written.</param>
    /// <param name="Island">Which island; null: the one that has got the fewest so.</param>
    public sealed record Inject(string Expression, int? Island) : Amendment;
}
