using System.Text.Json.Serialization;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Record;

/// <summary>What is said to the projection.</summary>
internal static class RecordMessages
{
    /// <summary>A journal has grown to a sequence number.</summary>
    /// <param name="PersistenceId">Which.</param>
    /// <param name="SequenceNr">Of its last row.</param>
    public sealed record Advanced(string PersistenceId, long SequenceNr) : IWireMessage
    {
        /// <summary>That row as the journal has confirmed it, which saves reading it again; null: not at hand, as always on another node than where it was written.</summary>
        [JsonIgnore]
        public object? Row { get; init; }
    }

    /// <summary>An island has come: its journal is to be followed, too.</summary>
    public sealed record Follow(string PersistenceId);

    /// <summary>Asks for <see cref="CaughtUp"/> once everything hinted at so far is in the record.</summary>
    /// <param name="Until">What the asker waits with; comes back in the answer.</param>
    public sealed record CatchUp(object Until);

    /// <summary>The record has caught up.</summary>
    public sealed record CaughtUp(object Until);
}
