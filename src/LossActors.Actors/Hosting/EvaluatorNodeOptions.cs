using System.Collections.Immutable;
using LossActors.Actors.Evaluators;
using LossActors.Actors.Hosting.Tls;

namespace LossActors.Actors.Hosting;

/// <summary>An evaluator node: whom it joins and what it works with.</summary>
public sealed record EvaluatorNodeOptions
{
    /// <summary>Search nodes, as <c>host:port</c>: it joins whichever answers, and with it all.</summary>
    public required ImmutableArray<string> Join { get; init; }

    /// <summary>The address to bind to, as the search node can reach it.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>The port to bind to; 0: any.</summary>
    public int Port { get; init; }

    /// <summary>Who this node is to the others, and whom it trusts; null: no TLS.</summary>
    public TlsIdentity? Tls { get; init; }

    /// <summary>Its slots.</summary>
    public SlotSettings Slots { get; init; } = new();

    /// <summary>Started by a search node of this machine: it ends when its standard input does, and leaves Ctrl+C to its parent.</summary>
    public bool IsChild { get; init; }

    /// <summary>Told, in one line each, what a person may want to know (joined, lost, joining again).</summary>
    public Action<string> Say { get; init; } = _ => { };

    /// <summary>A node that has not been let in by then says so.</summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>The wait before joining again when the search node was lost.</summary>
    public TimeSpan RejoinDelay { get; init; } = TimeSpan.FromSeconds(1);
}
