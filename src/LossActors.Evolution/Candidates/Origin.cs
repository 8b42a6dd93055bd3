namespace LossActors.Evolution.Candidates;

/// <summary>How a candidate came to be. Part of the journal: never renumber, only append.</summary>
public enum Origin : byte
{
    /// <summary>Ramped half-and-half.</summary>
    Initial = 0,
    /// <summary>Two parents exchanged subtrees.</summary>
    Crossover = 1,
    /// <summary>A subtree was replaced by a random one.</summary>
    Subtree = 2,
    /// <summary>One primitive became another of the same arity.</summary>
    Point = 3,
    /// <summary>A subtree took the place of the whole or of an ancestor.</summary>
    Hoist = 4,
    /// <summary>A function was put above a subtree.</summary>
    Insert = 5,
    /// <summary>A function was taken away, one argument kept.</summary>
    Delete = 6,
    /// <summary>A node and its child changed places.</summary>
    Rotate = 7,
    /// <summary>Coefficients were perturbed.</summary>
    Coefficient = 8,
    /// <summary>Meta-gradients tuned the parent's coefficients.</summary>
    Refinement = 9,
    /// <summary>Given by the user or by another run.</summary>
    WarmStart = 10,
    /// <summary>A copy of a parent, which shares its fitness and lives on in the next generation.</summary>
    Reproduction = 11,
    /// <summary>Injected by a user while the search went on.</summary>
    Injected = 12,
    /// <summary>A migrant from an island that measures on other tasks, to be measured here.</summary>
    Immigrant = 13,
}
