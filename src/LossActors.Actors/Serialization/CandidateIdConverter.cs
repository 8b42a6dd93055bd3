using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Serialization;

/// <summary><c>"2:17"</c>.</summary>
internal sealed class CandidateIdConverter : TextConverter<CandidateId>
{
    protected override string Print(CandidateId value) => value.ToString();

    protected override CandidateId Parse(string text) => CandidateId.Parse(text);
}
