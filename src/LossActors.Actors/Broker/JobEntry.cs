using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>A job in the book, from its offer to its acknowledgement. It waits while it has neither holder nor answer.</summary>
internal sealed class JobEntry(Job job, string owner, long sequence)
{
    public Job Job { get; } = job;

    public string Owner { get; set; } = owner;

    /// <summary>Order of offers.</summary>
    public long Sequence { get; } = sequence;

    /// <summary>Leases granted so far.</summary>
    public int Attempts { get; set; }

    /// <summary>Evaluators that died over it.</summary>
    public int Deaths { get; set; }

    /// <summary>A lease that it shared with others came to a bad end: from now on it is leased alone, so that nobody is blamed for its neighbour.</summary>
    public bool IsSuspect { get; set; }

    /// <summary>With whom it may share a lease. Changes only while it is not in the queue.</summary>
    public Company Company => new(Job.Likeness, IsSuspect ? Sequence : 0);

    /// <summary>The slot with the one live lease.</summary>
    public SlotEntry? Holder { get; set; }

    /// <summary>The first answer; no other counts.</summary>
    public BrokerMessages.Done? Answer { get; set; }

    /// <summary>When the answer was last sent to the owner.</summary>
    public TimeSpan Sent { get; set; }
}
