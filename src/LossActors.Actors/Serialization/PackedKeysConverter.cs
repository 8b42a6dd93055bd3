using LossActors.Evolution.Snapshots;

namespace LossActors.Actors.Serialization;

/// <summary>Base 64.</summary>
internal sealed class PackedKeysConverter : TextConverter<PackedKeys>
{
    protected override string Print(PackedKeys value) => value.ToString();

    protected override PackedKeys Parse(string text) => PackedKeys.Parse(text);
}
