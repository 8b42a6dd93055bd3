using LossActors.Actors.Experiments;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Studies;

/// <summary>
/// The islands of one search without actors, journal or processes: the same pure aggregates, in strict mode, driven by a loop. A study
/// runs dozens of searches, and what it asks is about the search, not about its survival.
/// </summary>
internal sealed class Archipelago
{
    private readonly IslandState[] _islands;
    private readonly HashSet<Assignment> _issued = [];
    private readonly Dictionary<CandidateId, (Expression Expression, Origin Origin)> _born = [];
    private readonly int[] _grants;

    public Archipelago(Experiment experiment, ulong seed, bool random)
    {
        var search = experiment.Search;
        _grants = new int[search.Islands];
        _islands = [.. search.OnIslands().Select(settings => Island.Initial(settings with
        {
            Seed = seed,
            Strict = true,
            RandomSearch = random,
        }))];
    }

    /// <summary>All that was judged, in the order in which it happened.</summary>
    public List<JudgedLoss> Judged { get; } = [];

    /// <summary>Candidates that were trained.</summary>
    public int Trained => Judged.Count(j => j.Judgement.Verdict == Verdict.Trained);

    /// <summary>Gives every island more births.</summary>
    public void Grant(int birthsPerIsland)
    {
        for (var i = 0; i < _islands.Length; i++)
        {
            Decide(i, new IslandCommand.Grant(++_grants[i], birthsPerIsland));
        }

        Migrate();
    }

    /// <summary>Work that has not been handed out yet.</summary>
    public IReadOnlyList<Assignment> TakeWork() => [.. _islands.SelectMany(island => Island.Outstanding(island).AsEnumerable()).Where(_issued.Add)];

    /// <summary>Brings back a finding.</summary>
    public void Report(Assignment assignment, Finding finding)
    {
        _issued.Remove(assignment);
        Decide(assignment.Candidate.Island, new IslandCommand.Report(assignment.Candidate, assignment.Stage, finding));
        Migrate();
    }

    private void Migrate()
    {
        for (var moved = true; moved;)
        {
            moved = false;
            for (var i = 0; i < _islands.Length; i++)
            {
                foreach (var (epoch, from) in Island.PullsNeeded(_islands[i]))
                {
                    if (Island.Emigrants(_islands[from], epoch, i) is { } migrants)
                    {
                        moved |= Decide(i, new IslandCommand.Admit(epoch, from, migrants));
                    }
                }
            }
        }
    }

    private bool Decide(int island, IslandCommand command)
    {
        var events = Island.Decide(_islands[island], command);
        foreach (var happened in events)
        {
            _islands[island] = Island.Apply(_islands[island], happened);
            switch (happened)
            {
                case IslandEvent.Proposed proposed:
                    _born[new(island, proposed.Birth)] = (proposed.Expression, proposed.Origin);
                    break;
                case IslandEvent.Found { Finding: Finding.Refined refined } found:
                    _born[new(island, found.Birth)] = (refined.Tuned, Origin.Refinement);
                    break;
                case IslandEvent.Judged { Judgement: var judgement }:
                    var (expression, origin) = _born[judgement.Candidate];
                    Judged.Add(new(judgement, expression, origin));
                    break;
            }
        }

        return !events.IsEmpty;
    }
}
