using LossActors.Actors.Experiments;
using LossActors.Actors.Hosting.Tls;
using LossActors.Actors.Persistence;

namespace LossActors.Cli.Hosting;

/// <summary>What a <see cref="RunSession"/> works on.</summary>
internal sealed record RunSessionOptions
{
    /// <summary>Where state lives.</summary>
    public required Database Database { get; init; }

    /// <summary>The run's id.</summary>
    public required string Run { get; init; }

    /// <summary>The experiment, changes included.</summary>
    public required Experiment Experiment { get; init; }

    /// <summary>Go on with the run instead of founding it.</summary>
    public bool Resume { get; init; }

    /// <summary>Which display.</summary>
    public required string Progress { get; init; }

    /// <summary>Whether the outcome is printed as JSON.</summary>
    public bool Json { get; init; }

    /// <summary>Address to listen on for evaluators.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>Port to listen on; 0: any.</summary>
    public int Port { get; init; }

    /// <summary>Who this node is to evaluators, and whom it lets in; null: no TLS. The session's to dispose of.</summary>
    public TlsIdentity? Tls { get; init; }
}
