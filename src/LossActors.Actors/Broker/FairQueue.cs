using LossActors.Actors.Protocol;
using LossActors.Expressions.Parsing;

namespace LossActors.Actors.Broker;

/// <summary>
/// Jobs that wait. Owners (islands, refinement, hall of fame, run) are served in turn, so each goes on whatever the others
/// offer. Within an owner the oldest candidate goes first: it is furthest on its way, so training is not starved by screening,
/// nor screening by training, and an island that consumes results in birth order does not wait behind its own younger ones.
/// </summary>
internal sealed class FairQueue
{
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private long _turn;

    public int Count { get; private set; }

    public void Add(JobEntry entry)
    {
        if (!_owners.TryGetValue(entry.Owner, out var owner))
        {
            _owners[entry.Owner] = owner = new Owner(entry.Owner);
        }

        Count += owner.Add(entry) ? 1 : 0;
    }

    public void Remove(JobEntry entry) =>
        Count -= _owners.TryGetValue(entry.Owner, out var owner) && owner.Remove(entry) ? 1 : 0;

    /// <summary>Takes the next job, and with it those that come next among the ones that can be done together with it.</summary>
    /// <param name="most">How many jobs of a kind to take at most, given how many wait that could be taken together.</param>
    /// <returns>Empty if none waits.</returns>
    public IReadOnlyList<JobEntry> Take(Func<JobKind, int, int> most)
    {
        if (Next(_ => true) is not { } first)
        {
            return [];
        }

        var company = first.Oldest.Company;
        var limit = Math.Max(1, most(company.Likeness.Kind, _owners.Values.Sum(o => o.Waiting(company))));
        var taken = new List<JobEntry>(limit);
        var size = 0;
        while (taken.Count < limit && Next(o => o.Waiting(company) > 0) is { } owner)
        {
            // Together no longer than one expression may be: a lease has to fit into a frame.
            size += owner.Next(company).Job.Size;
            if (taken.Count > 0 && size > ExpressionLimits.MaxNodes)
            {
                break;
            }

            owner.Served = ++_turn;
            taken.Add(owner.Take(company));
        }

        Count -= taken.Count;
        return taken;
    }

    // Who was served longest ago; among those never served the first by name.
    private Owner? Next(Func<Owner, bool> may)
    {
        Owner? next = null;
        foreach (var owner in _owners.Values)
        {
            if (owner.HasJobs && may(owner) && (next is null || owner.CompareTo(next) < 0))
            {
                next = owner;
            }
        }

        return next;
    }

    private sealed class Owner(string name) : IComparable<Owner>
    {
        private readonly Dictionary<Company, SortedSet<JobEntry>> _jobs = [];

        public long Served { get; set; }

        public bool HasJobs => _jobs.Count > 0;

        public JobEntry Oldest => _jobs.Values.Select(jobs => jobs.Min!).Min(OldestFirst)!;

        private static Comparer<JobEntry> OldestFirst { get; } = Comparer<JobEntry>.Create((a, b) =>
            (a.Job.Id.Candidate.Birth, a.Job.Id.Candidate.Island, a.Sequence)
            .CompareTo((b.Job.Id.Candidate.Birth, b.Job.Id.Candidate.Island, b.Sequence)));

        public int CompareTo(Owner? other) =>
            Served != other!.Served ? Served.CompareTo(other.Served) : string.CompareOrdinal(Name, other.Name);

        public int Waiting(Company company) => _jobs.TryGetValue(company, out var jobs) ? jobs.Count : 0;

        public bool Add(JobEntry entry)
        {
            if (!_jobs.TryGetValue(entry.Company, out var jobs))
            {
                _jobs[entry.Company] = jobs = new SortedSet<JobEntry>(OldestFirst);
            }

            return jobs.Add(entry);
        }

        public bool Remove(JobEntry entry)
        {
            if (!_jobs.TryGetValue(entry.Company, out var jobs) || !jobs.Remove(entry))
            {
                return false;
            }

            if (jobs.Count == 0)
            {
                _jobs.Remove(entry.Company);
            }

            return true;
        }

        public JobEntry Take(Company company)
        {
            var entry = Next(company);
            Remove(entry);
            return entry;
        }

        public JobEntry Next(Company company) => _jobs[company].Min!;

        private string Name => name;
    }
}
