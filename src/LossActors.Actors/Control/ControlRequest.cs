using System.Text.Json;
using LossActors.Actors.Runs;
using LossActors.Actors.Serialization;

namespace LossActors.Actors.Control;

/// <summary>Something that another shell asks of the owner of a run.</summary>
/// <param name="Command">What.</param>
/// <param name="Id">What the asker knows it by; only of <see cref="ControlCommand.Amend"/> and <see cref="ControlCommand.Drain"/>.</param>
/// <param name="Amendment">Of <see cref="ControlCommand.Amend"/>: the change.</param>
/// <param name="Node">Of <see cref="ControlCommand.Drain"/>: the node's address.</param>
public sealed record ControlRequest(ControlCommand Command, string? Id = null, Amendment? Amendment = null, string? Node = null)
{
    /// <summary>The command's word, and behind it whatever belongs to it.</summary>
    internal string Text => Id is null ? Word : $"{Word} {JsonSerializer.Serialize(new Body(Id, Amendment, Node), WireJson.Options)}";

    /// <summary>The command's word.</summary>
    internal string Word => Command.ToString().ToLowerInvariant();

    /// <summary>Reads what <see cref="Text"/> wrote; null: it is nothing that this version knows.</summary>
    internal static ControlRequest? Read(string text)
    {
        var parts = text.Split(' ', 2);
        if (!Enum.TryParse<ControlCommand>(parts[0], ignoreCase: true, out var command))
        {
            return null;
        }

        try
        {
            var body = parts.Length == 2 ? JsonSerializer.Deserialize<Body>(parts[1], WireJson.Options) : null;
            return new(command, body?.Id, body?.Amendment, body?.Node);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private sealed record Body(string Id, Amendment? Amendment, string? Node);
}
