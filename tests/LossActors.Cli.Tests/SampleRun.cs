using System.Collections.Immutable;
using LossActors.Actors.Experiments;
using LossActors.Actors.Record;
using LossActors.Cli.Report;
using LossActors.Expressions;
using LossActors.Expressions.Printing;

namespace LossActors.Cli.Tests;

/// <summary>A made-up run for tests of what is printed about runs.</summary>
internal static class SampleRun
{
    private static readonly string[] s_losses =
    [
        "mul(y, log(f))", "sub(square(sub(y, f)), y)", "0.93*abs(0.98*log(1.21*mul(0.87*y, f)))", "div(tanh(sub(f, y)), sqrt(f))", "max(square(f), mul(-1, y))", "min(sign(add(f, 1)), mul(y, f))",
    ];

    public static ReportData Create(string name = "sample", string metric = "error-rate", string state = "completed")
    {
        var random = new Random(7);
        var start = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        string[] verdicts = ["trained", "trained", "rejected", "zero-gradient", "equivalent", "duplicate"];
        var candidates = Enumerable.Range(0, 240).Select(i =>
        {
            var verdict = verdicts[random.Next(verdicts.Length)];
            var loss = Expression.Parse(s_losses[random.Next(s_losses.Length)]);
            return new CandidateRow
            {
                Id = $"{i % 4}:{(i / 4) + 1}",
                Island = i % 4,
                Birth = (i / 4) + 1,
                Parents = i < 8 ? [] : [$"{i % 4}:{i / 4}"],
                Verdict = verdict,
                Origin = i < 8 ? "initial" : "crossover",
                Expression = ExpressionFormatter.Function(loss),
                Weights = loss.Weights,
                Complexity = loss.Count + random.Next(9),
                Fitness = verdict == "trained" ? 0.04 + (random.NextDouble() * random.NextDouble() * 40 / (40 + i)) : null,
                TrainedSteps = verdict == "trained" ? 500 : 0,
                Seconds = verdict == "trained" ? 0.4 : 0.1,
                SavedSeconds = verdict == "trained" ? 0 : 0.3,
                ProposedAt = start.AddSeconds(i * 0.3),
                JudgedAt = start.AddSeconds((i * 0.3) + 1),
                AtSeconds = (i * 0.3) + 1,
            };
        }).ToList();
        var best = candidates.Where(c => c.Verdict == "trained").OrderBy(c => c.Fitness).Take(5).ToList();
        return new ReportData
        {
            Run = new RunDetails
            {
                Run = $"20260102-030405-{name}-7f3a",
                Name = name,
                State = state,
                Seed = 1,
                Strict = false,
                Evaluations = candidates.Count,
                Budget = 600,
                Trained = candidates.Count(c => c.Verdict == "trained"),
                Islands = 4,
                ElapsedSeconds = 73,
                CreatedAt = start,
                UpdatedAt = start.AddSeconds(73),
                Metric = metric,
                Baseline = new BaselineResult(metric, 0.056, 0.1, [0.055, 0.057, 0.056]),
                Experiment = ExperimentReader.Read("digits"),
                Founded = ExperimentReader.Read("digits").Search,
                DataHash = "0123456789abcdef",
                Versions = ImmutableSortedDictionary<string, string>.Empty.Add("lossactors", "0.1.0").Add("libtorch", "2.10.0"),
                Finalists = [.. best.Select(c => new FinalistRow(c.Id, c.Fitness!.Value, [c.Fitness.Value, c.Fitness.Value + 0.006]))],
                HallOfFame =
                [
                    .. best.Select((c, i) => new HallOfFameRow
                    {
                        Rank = i + 1,
                        Candidate = c.Id,
                        Expression = c.Expression,
                        Weights = c.Weights,
                        Complexity = c.Complexity,
                        Fitness = c.Fitness + 0.003,
                        SearchFitness = c.Fitness!.Value,
                        Replicates = [c.Fitness.Value, c.Fitness.Value + 0.006],
                    }),
                ],
            },
            Candidates = candidates,
            Migrants = [new MigrantRow { From = 0, To = 1, Candidate = "0:7", Birth = 25, Epoch = 1, Fitness = 0.06 }, new MigrantRow { From = 3, To = 0, Candidate = "3:2", Birth = 25, Epoch = 1, Fitness = 0.09 }],
            Gates =
            [
                .. candidates.GroupBy(c => c.Verdict).Select(g => new GateRow { Verdict = g.Key, Candidates = g.Count(), Seconds = g.Sum(c => c.Seconds), SavedSeconds = g.Sum(c => c.SavedSeconds) }),
            ],
            Refinements =
            [
                new RefinementRow { Candidate = "1:30", Parent = "1:12", ErrorBefore = 0.081, ErrorAfter = 0.062, FitnessBefore = 0.08, FitnessAfter = 0.06, Verdict = "trained" },
                new RefinementRow { Candidate = "2:30", Parent = "2:12", ErrorBefore = 0.072, ErrorAfter = 0.071, FitnessBefore = 0.07, FitnessAfter = 0.075, Verdict = "trained" },
                new RefinementRow { Candidate = "3:30", Parent = "3:12", Verdict = null },
            ],
            Lineage = [.. candidates.Take(5).Reverse()],
        };
    }
}
