using System.Collections.Immutable;
using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>A slot in the book.</summary>
/// <param name="info">Who it is.</param>
/// <param name="number">Counts up in the roster.</param>
/// <param name="roster">Where it is; told whenever it may have become free, or be so no more.</param>
internal sealed class SlotEntry(SlotInfo info, long number, SlotRoster roster)
{
    public long Number { get; } = number;

    public SlotInfo Info { get; } = info;

    /// <summary>Of the newest report.</summary>
    public long Sequence { get; set; }

    public TimeSpan LastSeen { get; set => Set(ref field, value); }

    /// <summary>Its bench for this epoch is open.</summary>
    public bool Ready { get; set => Set(ref field, value); }

    public string? Problem { get; set => Set(ref field, value); }

    public bool Unreachable { get; set => Set(ref field, value); }

    /// <summary>Its process is no more.</summary>
    public bool IsDead { get; set => Set(ref field, value); }

    public bool Draining { get; set => Set(ref field, value); }

    /// <summary>The lease it was last granted and has not been heard to be rid of; 0: free.</summary>
    public long Lease { get; set => Set(ref field, value); }

    /// <summary>The jobs of <see cref="Lease"/>.</summary>
    public ImmutableArray<Job> Jobs { get; set; } = [];

    /// <summary>Leases of the most often leased of them.</summary>
    public int Attempt { get; set; }

    /// <summary>How many jobs it wants in one lease.</summary>
    public Appetite Appetite { get; set; } = new();

    public TimeSpan Granted { get; set; }

    public TimeSpan Expires { get; set; }

    /// <summary>Since when the lease is not wanted any more.</summary>
    public TimeSpan? Aborted { get; set; }

    /// <summary>When its process was last told to quit.</summary>
    public TimeSpan? Quit { get; set; }

    public long Completed { get; set; }

    /// <summary>It is granted a lease.</summary>
    public void Begin(long lease, IReadOnlyList<JobEntry> entries, TimeSpan now, TimeSpan duration)
    {
        Lease = lease;
        Jobs = [.. entries.Select(entry => entry.Job)];
        Attempt = entries.Max(entry => entry.Attempts);
        Granted = now;
        Expires = now + duration;
    }

    /// <summary>It is rid of its lease.</summary>
    public void End()
    {
        Lease = 0;
        Jobs = [];
        Aborted = null;
    }

    /// <summary>Not heard of for longer than a lease lasts.</summary>
    public bool IsSilent(TimeSpan now, TimeSpan lease) => now - LastSeen > lease;

    /// <summary>May be given work, if it is not silent.</summary>
    public bool IsFree => this is { Lease: 0, Ready: true, Problem: null, Unreachable: false, Draining: false, IsDead: false };

    /// <summary>What it was granted, for logs and displays: <c>Train 2:17 +0 and 11 more</c>.</summary>
    public string Task => Jobs switch
    {
        [] => "nothing",
        [var only] => only.Id.ToString(),
        [var first, ..] => $"{first.Id} and {Jobs.Length - 1} more",
    };

    /// <summary>For whoever asks.</summary>
    public BrokerMessages.SlotStatus Status(TimeSpan now, TimeSpan lease)
    {
        var state = this switch
        {
            { Problem: not null } => "refused",
            _ when Unreachable || IsSilent(now, lease) => "unreachable",
            { Draining: true } => "draining",
            { Ready: false } => "opening",
            { Lease: 0 } => "idle",
            _ => "busy",
        };
        return new(Info.Name, Info.Pid, Info.Host, Info.Device, state, Lease == 0 ? null : Task, Completed);
    }

    /// <summary>A frozen broker has heard from nobody: all times move on by what it missed.</summary>
    public void Excuse(TimeSpan stall)
    {
        LastSeen += stall;
        Granted += stall;
        Expires += stall;
        Aborted += stall;
    }

    private void Set<T>(ref T field, T value)
    {
        if (!EqualityComparer<T>.Default.Equals(field, value))
        {
            roster.Leave(this);
            field = value;
            roster.Consider(this);
        }
    }
}
