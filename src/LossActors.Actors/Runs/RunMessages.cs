using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Runs;

/// <summary>What is said to and by the run actor. Islands may say it from other search nodes; the rest stays within the node that has the run.</summary>
internal static class RunMessages
{
    /// <summary>An island has recovered (or been founded, or been told something new) and knows so many grants, that revision of its settings, so many injected losses, and has so often
    /// asked for another island beside it.</summary>
    public sealed record IslandReady(int Island, int Grants, int Revision, int Injections, int Stagnations) : IWireMessage;

    /// <summary>An island needs its next grant. Repeated until it comes.</summary>
    public sealed record GrantWanted(int Island, int Number) : IWireMessage;

    /// <summary>An island has spent all its births and knows it, after so many grants. Repeated.</summary>
    public sealed record IslandFinished(int Island, int Grants, int Births) : IWireMessage;

    /// <summary>The best of the run, in answer to the question for finalists.</summary>
    public sealed record Finalists(ImmutableArray<Individual> Individuals);

    /// <summary>No new leases, keep what is in flight.</summary>
    public sealed record Pause;

    /// <summary>Go on after a pause.</summary>
    public sealed record Resume;

    /// <summary>Finish what was proposed, then end.</summary>
    public sealed record Stop(string Reason);

    /// <summary>End now.</summary>
    public sealed record Cancel;

    /// <summary>The run cannot go on.</summary>
    public sealed record Fail(string Reason);

    /// <summary>A user wants the search changed.</summary>
    /// <param name="Request">What the user knows the change by.</param>
    /// <param name="Amendment">The change.</param>
    public sealed record Amend(string Request, Amendment Amendment);

    /// <summary>A user wants a node to finish what it does and leave.</summary>
    /// <param name="Node">Its address: host:port.</param>
    public sealed record Drain(string Node);

    /// <summary>To the parent: there may be more islands now.</summary>
    public sealed record Amended(RunState State);

    /// <summary>To the parent: the run's journal is open and its epoch has begun.</summary>
    public sealed record Ready(RunState State);

    /// <summary>To the parent: the run is over.</summary>
    public sealed record Over(RunState State, string? Reason);
}
