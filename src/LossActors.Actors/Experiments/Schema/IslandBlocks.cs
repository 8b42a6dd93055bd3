using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>A list of blocks that each describe islands that differ; <see cref="IslandOverrides"/> reads what is in them.</summary>
internal sealed class IslandBlocks : KeyType
{
    private const int Most = 1024;

    public override string Allowed => "a list [ { islands = [0, 1], primitives = [ … ], variation { … }, budget = 2 } ] of up to 1024 blocks";

    public override bool IsList => true;

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconList list && list.Items.Length <= Most && list.Items.All(item => item is HoconObject) ? list : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => new JsonArray([.. ((ImmutableArray<IslandOverride>)value!).Select(IslandOverrides.Write)]);
}
