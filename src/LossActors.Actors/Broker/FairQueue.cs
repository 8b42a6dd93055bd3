namespace LossActors.Actors.Broker;

/// <summary>
/// Jobs that wait. Owners (islands, refinement, hall of fame, run) are served in turn, so each goes on whatever the others
/// offer. Within an owner the oldest candidate goes first: it is furthest on its way, so training is not starved by screening,
/// nor screening by training, and an island that consumes results in birth order does not wait behind its own younger ones.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<string, SortedSet<JobEntry>> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, long> _served = new(StringComparer.Ordinal);
    private long _turn;

    public int Count { get; private set; }

    private static Comparer<JobEntry> OldestFirst { get; } = Comparer<JobEntry>.Create((a, b) =>
        (a.Job.Id.Candidate.Birth, a.Job.Id.Candidate.Island, a.Sequence)
        .CompareTo((b.Job.Id.Candidate.Birth, b.Job.Id.Candidate.Island, b.Sequence)));

    public void Add(JobEntry entry)
    {
        if (!_owners.TryGetValue(entry.Owner, out var jobs))
        {
            _owners[entry.Owner] = jobs = new SortedSet<JobEntry>(OldestFirst);
        }

        Count += jobs.Add(entry) ? 1 : 0;
    }

    public void Remove(JobEntry entry) =>
        Count -= _owners.TryGetValue(entry.Owner, out var jobs) && jobs.Remove(entry) ? 1 : 0;

    public bool TryTake(out JobEntry entry)
    {
        entry = null!;
        if (Count == 0)
        {
            return false;
        }

        var owner = _owners.Where(o => o.Value.Count > 0)
            .MinBy(o => (_served.GetValueOrDefault(o.Key), o.Key)).Key;
        _served[owner] = ++_turn;
        entry = _owners[owner].Min!;
        Remove(entry);
        return true;
    }
}
