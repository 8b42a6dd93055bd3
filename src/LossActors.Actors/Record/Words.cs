using System.Collections.Frozen;
using System.Text.Json;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Record;

/// <summary>The record's words for enumerations: <c>zero-gradient</c>, <c>warm-start</c>.</summary>
public static class Words
{
    private static readonly FrozenDictionary<Verdict, string> s_verdicts = All<Verdict>();
    private static readonly FrozenDictionary<Origin, string> s_origins = All<Origin>();

    /// <summary>A verdict's word.</summary>
    public static string Of(Verdict verdict) => s_verdicts[verdict];

    /// <summary>An origin's word.</summary>
    public static string Of(Origin origin) => s_origins[origin];

    private static FrozenDictionary<T, string> All<T>()
        where T : struct, Enum => Enum.GetValues<T>().ToFrozenDictionary(value => value, value => JsonNamingPolicy.KebabCaseLower.ConvertName(value.ToString()));
}
