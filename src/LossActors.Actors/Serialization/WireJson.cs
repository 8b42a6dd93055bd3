using System.Collections;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using LossActors.Actors.Experiments;
using LossActors.Actors.Fame;
using LossActors.Actors.Protocol;
using LossActors.Actors.Runs;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Evolution.Snapshots;
using LossActors.Expressions.Printing;
using LossActors.Learning.Laboratory;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Serialization;

/// <summary>
/// How messages, events and stored settings look as JSON. Strict in reading: a missing or unknown member is an error, for
/// what a fitness depends on must not be guessed; another shape needs another manifest.
/// </summary>
public static class WireJson
{
    /// <summary>
    /// camelCase; expressions as their weighted function form; ids as short strings; NaN and infinities as strings; enums by
    /// name; derived properties left out, and so is what says that nothing raced or was counted; unions (<see cref="Finding"/>) marked by versioned discriminators.
    /// </summary>
    public static JsonSerializerOptions Options { get; } = Make();

    private static JsonSerializerOptions Make()
    {
        var options = new JsonSerializerOptions(JsonSerializerDefaults.Web)
        {
            NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
            PropertyNameCaseInsensitive = false,
            IgnoreReadOnlyProperties = true,
            RespectNullableAnnotations = true,
            RespectRequiredConstructorParameters = true,
            UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
            Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
            MaxDepth = 32,
            TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { MarkUnions, LeaveOutDefaults } },
            Converters =
            {
                new ExpressionJsonConverter(),
                new NeuralLossConverter(),
                new CandidateIdConverter(),
                new TaskSetConverter(),
                new JobIdConverter(),
                new UInt128Converter(),
                new PackedConverter<int>(),
                new PackedConverter<long>(),
                new PackedConverter<UInt128>(),
                new JsonStringEnumConverter(namingPolicy: null, allowIntegerValues: false),
            },
        };
        options.MakeReadOnly();
        return options;
    }

    // What came with racing is written only where something raced, steps only where some were counted, links only where some were not used, what users changed only where they did, destinations only where emigrants leave, tasks only where they are not all, what is inherited only where it is something else: without them, bytes are those of versions that knew none of it.
    private static void LeaveOutDefaults(JsonTypeInfo info)
    {
        string[] names = info.Type switch
        {
            var t when t == typeof(IslandEvent.Proposed) => ["rungs"],
            var t when t == typeof(IslandEvent.Emigrated) => ["unused", "destinations"],
            var t when t == typeof(Job) => ["rungs", "network", "tasks"],
            var t when t == typeof(RunEvent.Completed) => ["networks"],
            var t when t == typeof(Finding.Trained) => ["curve", "savedSteps", "taskErrors", "horizonErrors"],
            var t when t == typeof(RunEvent.ReplicatesMeasured) => ["taskErrors", "horizonErrors"],
            var t when t == typeof(TrainingSettings) => ["horizons"],
            var t when t == typeof(EvaluationProtocol) => ["furtherTasks", "relativeErrors"],
            var t when t == typeof(Finding.Refined) || t == typeof(Finding.Failed) => ["trainedSteps"],
            var t when t == typeof(Judgement) => ["stoppedAt", "savedSteps"],
            var t when t == typeof(Individual) => ["stoppedAt", "inherited"],
            var t when t == typeof(CandidateSnapshot) => ["inherited"],
            var t when t == typeof(IslandSettings) => ["isAdded", "cloneOf", "isPaused", "isClosed", "tasks", "strangers", "initialPopulation"],
            var t when t == typeof(IslandOverride) || t == typeof(FameMessages.Contribute) => ["tasks"],
            var t when t == typeof(IslandSnapshot) => ["immigrants", "initialMembers"],
            var t when t == typeof(SearchSettings) => ["added", "paused", "closed"],
            _ => [],
        };
        foreach (var property in info.Properties.Where(p => names.Contains(p.Name)))
        {
            property.ShouldSerialize = (_, value) => value is not (null or 0 or 0L or false or ICollection { Count: 0 } or TaskSet { IsAll: true });
        }
    }

    // Discriminators instead of attributes: the rooms that own these types know nothing of any wire.
    private static void MarkUnions(JsonTypeInfo info)
    {
        if (info.Type == typeof(Finding))
        {
            info.PolymorphismOptions = Union(
                new(typeof(Finding.Screened), "screened.1"),
                new(typeof(Finding.Trained), "trained.1"),
                new(typeof(Finding.Refined), "refined.1"),
                new(typeof(Finding.Failed), "failed.1"),
                new(typeof(LearnedLoss), "learned.1"));
        }
        else if (info.Type == typeof(Amendment))
        {
            info.PolymorphismOptions = Union(
                new(typeof(Amendment.Change), "change.1"),
                new(typeof(Amendment.AddIsland), "add-island.1"),
                new(typeof(Amendment.CloseIsland), "close-island.1"),
                new(typeof(Amendment.PauseIsland), "pause-island.1"),
                new(typeof(Amendment.ResumeIsland), "resume-island.1"),
                new(typeof(Amendment.Inject), "inject.1"));
        }
    }

    private static JsonPolymorphismOptions Union(params ReadOnlySpan<JsonDerivedType> types)
    {
        var union = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "$", UnknownDerivedTypeHandling = JsonUnknownDerivedTypeHandling.FailSerialization };
        foreach (var type in types)
        {
            union.DerivedTypes.Add(type);
        }

        return union;
    }
}
