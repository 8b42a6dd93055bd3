using System.Collections.Immutable;
using LossActors.Actors.Islands;

namespace LossActors.Actors.Runs;

/// <summary>What each island has said that it knows of the run, and so what it is still to be told. Saying it twice does no harm.</summary>
internal sealed class Briefing
{
    private readonly Dictionary<int, (int Revision, int Injections)> _known = [];

    /// <summary>An island says what it knows.</summary>
    /// <returns>The grants that it does not know.</returns>
    public IEnumerable<IslandMessages.Granted> Hear(RunState state, RunMessages.IslandReady ready)
    {
        _known[ready.Island] = (ready.Revision, ready.Injections);
        var grants = state.Grants[ready.Island];
        return Enumerable.Range(ready.Grants + 1, Math.Max(0, grants.Length - ready.Grants)).Select(number => new IslandMessages.Granted(number, grants[number - 1]));
    }

    /// <summary>Changes that islands do not know yet.</summary>
    public IEnumerable<IslandMessages.ToIsland> Due(RunState state)
    {
        // What islands go by takes some computing where there are many, and mostly nobody is behind.
        ImmutableArray<int> behind = [.. Enumerable.Range(0, state.Revisions.Length).Where(island => state.Revisions[island] > Known(island).Revision)];
        var present = behind.IsEmpty ? [] : state.Present;
        foreach (var island in behind)
        {
            yield return new(island, new IslandMessages.Amend(state.Revisions[island], present[island]));
        }

        for (var island = 0; island < state.Injected.Length; island++)
        {
            for (var number = Known(island).Injections + 1; number <= state.Injected[island].Length; number++)
            {
                yield return new(island, new IslandMessages.Inject(number, state.Injected[island][number - 1]));
            }
        }
    }

    private (int Revision, int Injections) Known(int island) => _known.GetValueOrDefault(island);
}
