using Akka.Configuration;

namespace LossActors.Actors.Hosting;

/// <summary>The configuration files of the folder <c>hocon/</c>, built into this assembly: they are what is used, not copies.</summary>
public static class ClusterHocon
{
    /// <summary>Name of every node's actor system; part of every address.</summary>
    public const string SystemName = "lossactors";

    /// <summary>The role of the nodes that have islands, and one of them the run.</summary>
    public const string Search = "search";

    /// <summary>The role of the nodes that evaluate.</summary>
    public const string Evaluator = "evaluator";

    /// <summary>hocon/base.conf: every node.</summary>
    public static Config Base { get; } = Load("base.conf");

    /// <summary>hocon/single.conf, for a search on one machine; to be laid over <see cref="Base"/>.</summary>
    public static Config Single { get; } = Load("single.conf");

    /// <summary>hocon/cluster.conf, for a search that may spread over several search nodes; to be laid over both.</summary>
    public static Config Cluster { get; } = Load("cluster.conf");

    private static Config Load(string file)
    {
        using var stream = typeof(ClusterHocon).Assembly.GetManifestResourceStream($"hocon/{file}")
            ?? throw new InvalidOperationException($"hocon/{file} is not built in.");
        using var reader = new StreamReader(stream);
        return ConfigurationFactory.ParseString(reader.ReadToEnd());
    }
}
