using System.Collections.Immutable;
using LossActors.Learning.Datasets;
using LossActors.Learning.Native;
using LossActors.Learning.Networks;
using LossActors.Learning.Protocols;
using LossActors.Learning.Training;

namespace LossActors.Learning.Laboratory;

/// <summary>What a protocol needs before the first training: the data of one task on a device and a network that fits it.</summary>
/// <param name="Network">The base network.</param>
/// <param name="Task">The data.</param>
/// <param name="Protocol">The protocol on this task.</param>
internal sealed record Workplace(INetwork Network, LearningTask Task, EvaluationProtocol Protocol) : IDisposable
{
    /// <summary>Which of the search's tasks; 0: the main one.</summary>
    public int Number { get; init; }

    /// <summary>Which division of the task into training and validation data.</summary>
    public int Division { get; init; }

    /// <summary>The share of fitness and objective; those of all tasks and divisions sum to 1.</summary>
    public double Share { get; init; } = 1;

    /// <summary>The error that counts as 1: 1, or a guess's where errors are relative.</summary>
    public double ErrorUnit { get; init; } = 1;

    /// <summary>The most networks that are faster to train together than one after the other.</summary>
    public int LargestCohort => CohortSize.For(Network, Protocol.Training.BatchSize, Task.Type, Task.Device.type);

    /// <summary>Loads the data of the protocol's main task, checks that the network fits it, and only then brings it onto the device.</summary>
    /// <exception cref="DataException">The data is missing or malformed.</exception>
    /// <exception cref="NetworkException">The network does not exist or does not fit the data.</exception>
    /// <exception cref="EnvironmentException">The device or a native library is missing.</exception>
    public static Workplace Open(EvaluationProtocol protocol, string device, int threads)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        return OpenDivisions(protocol with { Divisions = 1 }, device, threads).Single();
    }

    /// <summary>Opens a workplace for every division of every task of a protocol, the main task first; see <see cref="Open"/>.</summary>
    public static ImmutableArray<Workplace> OpenAll(EvaluationProtocol protocol, string device, int threads)
    {
        ArgumentNullException.ThrowIfNull(protocol);
        (EvaluationProtocol Protocol, double Weight)[] tasks = [(protocol, 1), .. protocol.FurtherTasks.Select(task => (protocol.On(task), task.Weight))];
        var whole = tasks.Sum(task => task.Weight);
        var places = new List<Workplace>(tasks.Length);
        try
        {
            foreach (var (number, (own, weight)) in tasks.Index())
            {
                foreach (var place in OpenDivisions(own, device, threads))
                {
                    places.Add(place);
                    places[^1] = place with { Number = number, Share = weight / whole / protocol.Divisions, ErrorUnit = Unit(place) };
                }
            }

            return [.. places];
        }
        catch
        {
            places.ForEach(place => place.Dispose());
            throw;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => Task.Dispose();

    // Lazily, so that whoever takes them can dispose of those already there when the next one fails.
    private static IEnumerable<Workplace> OpenDivisions(EvaluationProtocol protocol, string device, int threads)
    {
        var place = Devices.Require(device);
        TorchThreads.Set(threads);
        return TaskLoader.Load(protocol.Task, protocol.Seed, protocol.Divisions).Select((data, division) =>
        {
            var network = NetworkFactory.For(protocol, data);
            return new Workplace(network, LearningTask.Create(data, protocol.DoublePrecision, place), protocol) { Division = division };
        });
    }

    private static double Unit(Workplace place) => !place.Protocol.RelativeErrors ? 1
        : Guess.Error(place.Task) is > 0 and var error ? error
        : throw new DataException($"{place.Protocol.Task.Dataset}: a guess makes no error on its validation part, so errors cannot be told relative to a guess; leave out relative errors or this task");
}
