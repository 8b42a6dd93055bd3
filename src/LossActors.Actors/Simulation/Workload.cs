using System.Collections.Immutable;
using System.Text.Json;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Evaluation;

namespace LossActors.Actors.Simulation;

/// <summary>
/// How long evaluations take and how they end: the empirical distribution of what slots found in a recorded run. Within a lease, times add up; each is a candidate's
/// share of the time of those that it was evaluated together with, so what cohorts save is in them.
/// </summary>
/// <param name="Source">Which run they were measured in.</param>
/// <param name="Screens">Passages through the gates.</param>
/// <param name="Trainings">Trainings.</param>
/// <param name="Refinements">Seconds of each tuning of coefficients.</param>
/// <param name="Equivalent">The share of those that passed the gates whose gradients were known, from 0 to 1.</param>
public sealed record Workload(
    string Source, ImmutableArray<ScreenSample> Screens, ImmutableArray<TrainingSample> Trainings, ImmutableArray<double> Refinements, double Equivalent)
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = false };

    /// <summary>How many of those that were trained to the end and are not refined themselves were refined, from 0 to 1.</summary>
    public double Elites { get; init; } = 1;

    /// <summary>The share of refinements that came to an expression that was known, from 0 to 1.</summary>
    public double Unchanged { get; init; }

    /// <summary>The most jobs of each kind that a slot does well together.</summary>
    public Appetite Capacity { get; init; } = new(Screen: 64, Train: 32, Refine: 32);

    /// <summary>That of a run of the default experiment, with one evaluator.</summary>
    public static Workload Default
    {
        get
        {
            using var stream = typeof(Workload).Assembly.GetManifestResourceStream("simulation/digits.json")!;
            return JsonSerializer.Deserialize<Workload>(stream, s_json)!;
        }
    }

    /// <summary>Evaluations that take as long as one another, pass all gates and end well.</summary>
    /// <param name="seconds">Of every stage.</param>
    public static Workload Constant(double seconds) => new(
        "constant", [new(Gate.Passed, seconds)], [new(seconds, Steps: 1, SavedSteps: 0, Diverged: false)], [seconds], Equivalent: 0) { Capacity = new() };

    /// <summary>Evaluations that take no time and end about as often at each gate as in searches of the built-in experiments.</summary>
    internal static Workload Instant { get; } = new(
        "instant",
        [.. Enumerable.Range(0, 10).Select(i => new ScreenSample(i < 6 ? Gate.Passed : i < 8 ? Gate.ZeroGradient : Gate.Rejected, Seconds: 0))],
        [new(Seconds: 0, Steps: 1, SavedSteps: 0, Diverged: false)],
        [0],
        Equivalent: 0) { Capacity = new(Screen: 256, Train: 256, Refine: 256) };

    /// <summary>The same on other evaluators.</summary>
    /// <param name="times">How many times faster they are.</param>
    public Workload Faster(double times) => this with
    {
        Screens = [.. Screens.Select(s => s with { Seconds = s.Seconds / times })],
        Trainings = [.. Trainings.Select(s => s with { Seconds = s.Seconds / times })],
        Refinements = [.. Refinements.Select(seconds => seconds / times)],
    };

    /// <summary>As text, which <see cref="FromJson"/> reads.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>What <see cref="ToJson"/> wrote.</summary>
    /// <exception cref="JsonException">It is something else.</exception>
    public static Workload FromJson(string json) => JsonSerializer.Deserialize<Workload>(json, s_json) ?? throw new JsonException("null is no workload");
}

/// <summary>A passage through the gates.</summary>
/// <param name="Gate">Where it ended.</param>
/// <param name="Seconds">Evaluator time.</param>
public readonly record struct ScreenSample(Gate Gate, double Seconds);

/// <summary>A training of all replicates.</summary>
/// <param name="Seconds">Evaluator time.</param>
/// <param name="Steps">Training steps taken.</param>
/// <param name="SavedSteps">Training steps that racing saved; 0: it was not stopped.</param>
/// <param name="Diverged">NaN or infinity was met.</param>
public readonly record struct TrainingSample(double Seconds, int Steps, int SavedSteps, bool Diverged);
