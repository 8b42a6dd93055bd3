using System.Collections.Immutable;
using System.Text.Json.Nodes;
using LossActors.Actors.Experiments.Hocon;
using LossActors.Evolution.Evaluation;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments.Schema;

/// <summary>A list of blocks that each describe a task; <see cref="FurtherTasks"/> reads what is in them.</summary>
internal sealed class TaskBlocks : KeyType
{
    // The main task is one, too.
    private const int Most = TaskSet.Most - 1;

    public override string Allowed => "a list [ { task { … }, network { … }, training { … }, weight = 1 } ] of up to 63 blocks";

    public override bool IsList => true;

    public override bool TryRead(HoconValue value, out object? read)
    {
        read = value is HoconList list && list.Items.Length <= Most && list.Items.All(item => item is HoconObject) ? list : null;
        return read is not null;
    }

    public override JsonNode? Write(object? value) => new JsonArray([.. ((ImmutableArray<FurtherTask>)value!).Select(FurtherTasks.Write)]);
}
