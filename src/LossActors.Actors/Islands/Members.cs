using System.Collections.Immutable;
using LossActors.Evolution.Candidates;
using LossActors.Evolution.Evaluation;
using LossActors.Evolution.Islands;
using LossActors.Expressions;

namespace LossActors.Actors.Islands;

/// <summary>Everybody who earned a fitness of its own on an island, gathered from its events: what the hall of fame is told.</summary>
internal sealed class Members
{
    private readonly Dictionary<int, Expression> _underWay = [];
    private ImmutableArray<Individual>.Builder _new = ImmutableArray.CreateBuilder<Individual>();

    /// <summary>All of them, by order of judgement.</summary>
    public ImmutableArray<Individual> All { get; private set; } = [];

    public void Apply(int island, IslandEvent happened)
    {
        switch (happened)
        {
            case IslandEvent.Proposed e:
                _underWay[e.Birth] = e.Expression;
                break;
            case IslandEvent.Found { Finding: Finding.Refined refined } e:
                _underWay[e.Birth] = refined.Tuned;
                break;
            case IslandEvent.Judged e:
                // The journal holds one verdict per birth, so the expression is always there.
                if (_underWay.Remove(e.Judgement.Candidate.Birth, out var expression) && e.Judgement.Verdict == Verdict.Trained)
                {
                    _new.Add(new Individual(new(island, e.Judgement.Candidate.Birth), expression, e.Judgement.Fitness));
                }

                break;
        }
    }

    /// <summary>Those since the last call.</summary>
    public ImmutableArray<Individual> TakeNew()
    {
        var added = _new.ToImmutable();
        _new = ImmutableArray.CreateBuilder<Individual>();
        All = All.AddRange(added);
        return added;
    }
}
