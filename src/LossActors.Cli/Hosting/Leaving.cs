using System.Collections.Immutable;
using LossActors.Actors.Hosting.Tls;
using LossActors.Actors.Persistence;

namespace LossActors.Cli.Hosting;

/// <summary>What is said when a search node leaves a run that is not over.</summary>
internal static class Leaving
{
    /// <summary>One line: where the run goes on, or how to go on with it.</summary>
    public static string Line(string run, Database database, ImmutableArray<string> others, TlsIdentity? tls) => others.IsEmpty
        ? $"saved; go on with: lossactors resume {run}{database.Option}{TlsOption.Of(tls)}"
        : $"left; {run} goes on at {string.Join(", ", others)}; watch it with: lossactors watch {run}{database.Option}, end it with: lossactors stop {run}{database.Option}";
}
