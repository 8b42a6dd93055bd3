using System.Collections.Immutable;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Randomness;

namespace LossActors.Actors.Simulation;

/// <summary>A search in virtual time: its parts, and how they reach one another.</summary>
internal sealed class SimulatedSearch
{
    public SimulatedSearch(SimulationOptions options)
    {
        Service = options.ServiceTimes;
        Opening = options.Opening;
        Capacity = options.Workload.Capacity;
        Replicates = options.Replicates;
        Findings = new SampledFindings(options.Workload, options.Seed);
        Observations = new Observations(options.Search.Evaluations);
        Machine = new Machine(Time, options.Cores);
        Journal = new SimulatedJournal(Time, Machine, Service);
        Network = new SimulatedNetwork(Time, options.Latency, options.LostMessages, RandomStream.For(options.Seed, ulong.MaxValue, 0, Purpose.Simulation));
        Run = new SimulatedRun(options.Search, new Mailbox(Machine), Journal, Service);
        Broker = new SimulatedBroker(this, options.Leases);
        Islands = [.. options.Search.OnIslands().Select(settings => new SimulatedIsland(this, settings))];
        for (var number = 0; number < options.Evaluators; number++)
        {
            new SimulatedEvaluator(this, options, number).Begin();
        }

        foreach (var island in Islands)
        {
            island.Begin();
        }
    }

    public VirtualTime Time { get; } = new();

    public ServiceTimes Service { get; }

    public TimeSpan Opening { get; }

    public Appetite Capacity { get; }

    public int Replicates { get; }

    public SampledFindings Findings { get; }

    public Observations Observations { get; }

    public Machine Machine { get; }

    public SimulatedJournal Journal { get; }

    public SimulatedNetwork Network { get; }

    public SimulatedRun Run { get; }

    public SimulatedBroker Broker { get; }

    public ImmutableArray<SimulatedIsland> Islands { get; }

    /// <summary>The search node writes a message for another node, or reads one.</summary>
    /// <param name="jobs">How many jobs are in it.</param>
    /// <param name="then">What follows.</param>
    public void Transport(int jobs, Action then) => Machine.Run(TimeSpan.FromSeconds(Service.Message + (jobs * Service.MessageJob)), then);
}
