using System.Globalization;
using LossActors.Actors.Protocol;
using LossActors.Evolution.Candidates;

namespace LossActors.Actors.Serialization;

/// <summary><c>"Train/2:17/0"</c>: kind, candidate, first replicate.</summary>
internal sealed class JobIdConverter : TextConverter<JobId>
{
    protected override string Print(JobId value) => string.Create(
        CultureInfo.InvariantCulture, $"{value.Kind}/{value.Candidate}/{value.FirstReplicate}");

    protected override JobId Parse(string text)
    {
        var parts = text.Split('/');
        return parts.Length == 3 && Enum.TryParse<JobKind>(parts[0], out var kind) && Enum.IsDefined(kind)
            ? new JobId(kind, CandidateId.Parse(parts[1]), int.Parse(parts[2], CultureInfo.InvariantCulture))
            : throw new FormatException("kind/island:birth/replicate was expected");
    }
}
