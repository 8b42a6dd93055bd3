using LossActors.Actors.Experiments.Hocon;
using LossActors.Actors.Experiments.Schema;

namespace LossActors.Actors.Experiments;

/// <summary>Where each key of an experiment was given last, so that settings that do not go together can be found in their files.</summary>
/// <param name="otherwise">What to call the experiment where a message is about defaults.</param>
internal sealed class ExperimentOrigins(string otherwise)
{
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    /// <summary>The folder that paths of what is read now are relative to; null: they are left as they are.</summary>
    public string? Folder { get; set; }

    /// <summary>Lists of blocks by key, as they were given last, where, and what their paths are relative to: they are read last, since they inherit from all the rest.</summary>
    public Dictionary<string, (HoconList Blocks, string Where, string? Folder)> Blocks { get; } = new(StringComparer.Ordinal);

    /// <summary>Notes that a key was given.</summary>
    /// <param name="path">The key, without <c>experiment.</c>.</param>
    /// <param name="place">File and line, or the option.</param>
    public void Note(string path, string place) => _places[path] = place;

    /// <summary>Where the first key was given that a message names; the whole experiment, if it was not given anywhere.</summary>
    public string Of(string message)
    {
        const string Prefix = ExperimentSchema.Root + ".";
        var named = message.Split(' ', ',', ';', ':', '=').FirstOrDefault(word => word.StartsWith(Prefix, StringComparison.Ordinal));
        return named is not null && _places.TryGetValue(named[Prefix.Length..], out var place) ? place : otherwise;
    }
}
