using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>The jobs in the book. A job waits in the queue exactly while it has neither holder nor answer.</summary>
internal sealed class JobBook
{
    private readonly Dictionary<JobId, JobEntry> _jobs = [];
    private readonly FairQueue _waiting = new();
    private long _offers;

    public int Waiting => _waiting.Count;

    public int Held => _jobs.Values.Count(j => j.Holder is not null);

    public IEnumerable<JobEntry> All => _jobs.Values;

    public JobEntry? Find(JobId id) => _jobs.GetValueOrDefault(id);

    /// <summary>The jobs of a slot's lease that are still in the book.</summary>
    public IEnumerable<JobEntry> Of(SlotEntry slot) => slot.Jobs.Select(job => Find(job.Id)).OfType<JobEntry>();

    /// <summary>Those of them that no other slot has been given meanwhile.</summary>
    public List<JobEntry> HeldBy(SlotEntry slot) => [.. Of(slot).Where(entry => entry.Holder == slot)];

    /// <summary>The job under its name, made if it is new; its answer belongs to this owner from now on.</summary>
    public JobEntry Offer(string owner, Job job)
    {
        if (!_jobs.TryGetValue(job.Id, out var entry))
        {
            _jobs[job.Id] = entry = new JobEntry(job, owner, ++_offers);
        }

        _waiting.Remove(entry);
        entry.Owner = owner;
        Queue(entry);
        return entry;
    }

    /// <summary>Takes the job out of the book; null if it is not in it.</summary>
    public JobEntry? Forget(JobId id)
    {
        if (_jobs.Remove(id, out var entry))
        {
            _waiting.Remove(entry);
        }

        return entry;
    }

    /// <summary>The next jobs to do together; see <see cref="FairQueue.Take"/>.</summary>
    public IReadOnlyList<JobEntry> Take(Func<JobKind, int, int> most) => _waiting.Take(most);

    /// <summary>A slot works on it.</summary>
    public void Hold(JobEntry entry, SlotEntry slot)
    {
        _waiting.Remove(entry);
        entry.Holder = slot;
    }

    /// <summary>No slot works on it any more: unless answered or forgotten, it waits again.</summary>
    public void Drop(JobEntry entry)
    {
        entry.Holder = null;
        Queue(entry);
    }

    /// <summary>From now on it is leased alone.</summary>
    public void Suspect(JobEntry entry)
    {
        // Its place in the queue depends on it.
        _waiting.Remove(entry);
        entry.IsSuspect = true;
        Queue(entry);
    }

    /// <summary>It has its answer.</summary>
    public void Answer(JobEntry entry, BrokerMessages.Done answer)
    {
        entry.Answer = answer;
        _waiting.Remove(entry);
    }

    private void Queue(JobEntry entry)
    {
        if (entry is { Holder: null, Answer: null } && _jobs.ContainsKey(entry.Job.Id))
        {
            _waiting.Add(entry);
        }
    }
}
