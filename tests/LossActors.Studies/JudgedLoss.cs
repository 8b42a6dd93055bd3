using LossActors.Evolution.Candidates;
using LossActors.Expressions;

namespace LossActors.Studies;

/// <summary>A candidate at the end of its way.</summary>
internal sealed record JudgedLoss(Judgement Judgement, Expression Expression, Origin Origin)
{
    public bool IsTrained => Judgement.Verdict == Verdict.Trained;

    public Individual Individual => new(Judgement.Candidate, Expression, Judgement.Fitness, Judgement.StoppedAt);
}
