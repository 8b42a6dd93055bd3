using System.Text.Json;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Record;

/// <summary>The record's words for enumerations: <c>zero-gradient</c>, <c>warm-start</c>.</summary>
public static class Words
{
    /// <summary>A verdict's word.</summary>
    public static string Of(Verdict verdict) => JsonNamingPolicy.KebabCaseLower.ConvertName(verdict.ToString());

    /// <summary>An origin's word.</summary>
    public static string Of(Origin origin) => JsonNamingPolicy.KebabCaseLower.ConvertName(origin.ToString());
}
