using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using Akka.Cluster;

namespace LossActors.Actors.Hosting.Downing;

/// <summary>
/// Who of a cluster does not hear whom. Akka's gossip says so in an event whose type is internal, beside the public ones that say only who is not heard by somebody: which of two ends
/// a lost link has cannot be told from these. Hence the reflection, on a version that is pinned.
/// </summary>
internal static class Observations
{
    private static readonly Type s_event = typeof(ClusterEvent).GetNestedType("ReachabilityChanged", BindingFlags.NonPublic) ?? throw Missing("ClusterEvent.ReachabilityChanged");
    private static readonly PropertyInfo s_reachability = Property(s_event, "Reachability");
    private static readonly PropertyInfo s_records = Property(s_reachability.PropertyType, "Records");
    private static readonly Type s_record = s_records.PropertyType.GenericTypeArguments[0];
    private static readonly PropertyInfo s_observer = Property(s_record, "Observer");
    private static readonly PropertyInfo s_subject = Property(s_record, "Subject");
    private static readonly PropertyInfo s_status = Property(s_record, "Status");

    /// <summary>All that an event tells; null: it is of another kind.</summary>
    public static ImmutableHashSet<Silence>? In(ClusterEvent.IClusterDomainEvent message) => !s_event.IsInstanceOfType(message)
        ? null
        : [.. ((IEnumerable)s_records.GetValue(s_reachability.GetValue(message))!).Cast<object>()
            .Where(record => s_status.GetValue(record)!.ToString() != "Reachable")
            .Select(record => new Silence((UniqueAddress)s_observer.GetValue(record)!, (UniqueAddress)s_subject.GetValue(record)!))];

    private static PropertyInfo Property(Type type, string name) =>
        type.GetProperty(name, BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic) ?? throw Missing($"{type.Name}.{name}");

    private static InvalidOperationException Missing(string what) => new($"Akka.Cluster {typeof(Cluster).Assembly.GetName().Version} has no {what}.");
}
