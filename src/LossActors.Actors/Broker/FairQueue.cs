using LossActors.Actors.Protocol;
using LossActors.Expressions.Parsing;

namespace LossActors.Actors.Broker;

/// <summary>
/// Jobs that wait. Owners (islands, refinement, hall of fame, run) are served in turn, so each goes on whatever the others
/// offer. Within an owner the oldest candidate goes first: it is furthest on its way, so training is not starved by screening,
/// nor screening by training, and an island that consumes results in birth order does not wait behind its own younger ones.
/// </summary>
/// <remarks>Whose turn it is is kept in order, for all jobs and for each company: no operation looks at all owners, of which there may be a thousand.</remarks>
internal sealed class FairQueue
{
    private readonly Dictionary<string, Owner> _owners = new(StringComparer.Ordinal);
    private readonly SortedSet<Owner> _inTurn = [];
    private readonly Dictionary<Company, Line> _lines = [];
    private long _turn;

    public int Count { get; private set; }

    public void Add(JobEntry entry)
    {
        if (!_owners.TryGetValue(entry.Owner, out var owner))
        {
            _owners[entry.Owner] = owner = new Owner(entry.Owner);
        }

        if (owner.Add(entry))
        {
            Count++;
            var company = entry.Company;
            if (!_lines.TryGetValue(company, out var line))
            {
                _lines[company] = line = new Line();
            }

            line.Jobs++;
            line.InTurn.Add(owner);
            _inTurn.Add(owner);
        }
    }

    public void Remove(JobEntry entry)
    {
        if (_owners.TryGetValue(entry.Owner, out var owner) && owner.Remove(entry))
        {
            Count--;
            var company = entry.Company;
            var line = _lines[company];
            if (--line.Jobs == 0)
            {
                _lines.Remove(company);
            }
            else if (!owner.Has(company))
            {
                line.InTurn.Remove(owner);
            }

            if (!owner.HasJobs)
            {
                _inTurn.Remove(owner);
            }
        }
    }

    /// <summary>Takes the next job, and with it those that come next among the ones that can be done together with it.</summary>
    /// <param name="most">How many jobs of a kind to take at most, given how many wait that could be taken together.</param>
    /// <returns>Empty if none waits.</returns>
    public IReadOnlyList<JobEntry> Take(Func<JobKind, int, int> most)
    {
        if (_inTurn.Min is not { } first)
        {
            return [];
        }

        var company = first.Oldest.Company;
        var limit = Math.Max(1, most(company.Likeness.Kind, _lines[company].Jobs));
        var taken = new List<JobEntry>(limit);
        var size = 0;
        while (taken.Count < limit && _lines.GetValueOrDefault(company)?.InTurn.Min is { } owner)
        {
            // Together no longer than one expression may be: a lease has to fit into a frame.
            var entry = owner.Next(company);
            size += entry.Job.Size;
            if (taken.Count > 0 && size > ExpressionLimits.MaxNodes)
            {
                break;
            }

            Remove(entry);
            Serve(owner);
            taken.Add(entry);
        }

        return taken;
    }

    // Who was served longest ago is next; among those never served the first by name.
    private void Serve(Owner owner)
    {
        var lines = owner.Companies.Select(company => _lines[company].InTurn).ToList();
        if (owner.HasJobs)
        {
            lines.Add(_inTurn);
        }

        lines.ForEach(line => line.Remove(owner));
        owner.Served = ++_turn;
        lines.ForEach(line => line.Add(owner));
    }

    /// <summary>Jobs of one company.</summary>
    private sealed class Line
    {
        public int Jobs { get; set; }

        /// <summary>Their owners.</summary>
        public SortedSet<Owner> InTurn { get; } = [];
    }

    private sealed class Owner(string name) : IComparable<Owner>
    {
        private readonly Dictionary<Company, SortedSet<JobEntry>> _jobs = [];

        /// <summary>Changes only while the owner is in no line.</summary>
        public long Served { get; set; }

        public bool HasJobs => _jobs.Count > 0;

        public IEnumerable<Company> Companies => _jobs.Keys;

        public JobEntry Oldest => _jobs.Values.Select(jobs => jobs.Min!).Min(OldestFirst)!;

        private static Comparer<JobEntry> OldestFirst { get; } = Comparer<JobEntry>.Create((a, b) =>
            (a.Job.Id.Candidate.Birth, a.Job.Id.Candidate.Island, a.Sequence)
            .CompareTo((b.Job.Id.Candidate.Birth, b.Job.Id.Candidate.Island, b.Sequence)));

        public int CompareTo(Owner? other) =>
            Served != other!.Served ? Served.CompareTo(other.Served) : string.CompareOrdinal(Name, other.Name);

        public bool Has(Company company) => _jobs.ContainsKey(company);

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

        public JobEntry Next(Company company) => _jobs[company].Min!;

        private string Name => name;
    }
}
