using System.Collections.Immutable;
using LossActors.Evolution.Islands;
using LossActors.Learning.Protocols;

namespace LossActors.Actors.Experiments.Schema;

/// <summary><c>refinement { … }</c> and <c>filters { … }</c>.</summary>
internal static class LearningKeys
{
    public static ImmutableArray<ExperimentKey> All { get; } =
    [
        new("refinement.policy",
            new Choice<RefinementPolicy>(("none", RefinementPolicy.None), ("elites", RefinementPolicy.Elites), ("all", RefinementPolicy.All),
                ("before-training", RefinementPolicy.BeforeTraining)),
            "Whose coefficients are tuned by meta-gradients: those of elites or of all who were trained, as new candidates, or everybody's after the gates and before the training (the paper).",
            e => e.Search.Island.Refinement, (e, v) => OnIsland(e, i => i with { Refinement = (RefinementPolicy)v! })),
        new("refinement.fraction", new RealNumber(0, 1, aboveLeast: true),
            "Under elites: the best share of an island's population that counts as elite.",
            e => e.Search.Island.EliteFraction, (e, v) => OnIsland(e, i => i with { EliteFraction = (double)v! })),
        new("refinement.inheritance",
            new Choice<Inheritance>(("lamarckian", Inheritance.Lamarckian), ("baldwinian", Inheritance.Baldwinian)),
            "Whether offspring of a refined candidate inherit its tuned coefficients or those it had before.",
            e => e.Search.Island.Inheritance, (e, v) => OnIsland(e, i => i with { Inheritance = (Inheritance)v! })),
        Refinement("steps", new WholeNumber(1, 1_000_000),
            "Meta steps (Adam) per refinement.",
            r => r.Steps, (r, v) => r with { Steps = (int)v! }),
        Refinement("inner-steps", new WholeNumber(0, 100_000),
            "SGD steps unrolled per meta step; 0: as many as training.steps.",
            r => r.InnerSteps, (r, v) => r with { InnerSteps = (int)v! }),
        Refinement("objective",
            new Choice<RefinementObjective>(
                ("task-loss", RefinementObjective.TaskLoss), ("calibrated-task-loss", RefinementObjective.CalibratedTaskLoss)),
            "What meta steps lower; calibrated: after the best common factor on the logits.",
            r => r.Objective, (r, v) => r with { Objective = (RefinementObjective)v! }),
        Refinement("outer-batch-size", new WholeNumber(0, 1_000_000),
            "Validation instances per meta step; 0: as many as in a training batch.",
            r => r.OuterBatchSize, (r, v) => r with { OuterBatchSize = (int)v! }),
        Refinement("learning-rate", new RealNumber(0, 10, aboveLeast: true),
            "Adam's learning rate for the coefficients.",
            r => r.LearningRate, (r, v) => r with { LearningRate = (double)v! }),
        Refinement("clip", new RealNumber(0, 1e6),
            "A longer meta-gradient is shortened to this norm; 0: never, as in the paper.",
            r => r.Clip, (r, v) => r with { Clip = (double)v! }),
        Refinement("retries", new WholeNumber(0, 100),
            "How often a tuning that diverges goes back to its last good coefficients, each time at half the learning rate.",
            r => r.Retries, (r, v) => r with { Retries = (int)v! }),
        Refinement("patience", new WholeNumber(0, 1_000_000),
            "Ends a refinement when the mean objective of so many meta steps has not fallen for as many steps; 0: never early.",
            r => r.Patience, (r, v) => r with { Patience = (int)v! }),
        Refinement("checkpoints", new WholeNumber(0, 1000),
            "Points of the tuning tried in whole trainings, the best is kept, or the start; 0: the end, untried.",
            r => r.Checkpoints, (r, v) => r with { Checkpoints = (int)v! }),
        Refinement("checkpoint-replicates", new WholeNumber(1, 1000),
            "Networks trained to try one checkpoint.",
            r => r.CheckpointReplicates, (r, v) => r with { CheckpointReplicates = (int)v! }),
        Refinement("prune", new TruthValue(),
            "Simplify what was tuned: coefficients without which networks train no worse become 0, 1 or -1.",
            r => r.Prune, (r, v) => r with { Prune = (bool)v! }),
        Filter("sample", new WholeNumber(2, 100_000),
            "Training instances that the gates look at.",
            f => f.Sample, (f, v) => f with { Sample = (int)v! }),
        Filter("steps", new WholeNumber(1, 1_000_000),
            "Adam steps on the logits in the rejection protocol.",
            f => f.Steps, (f, v) => f with { Steps = (int)v! }),
    ];

    private static Experiment OnIsland(Experiment e, Func<IslandSettings, IslandSettings> change) =>
        e with { Search = e.Search with { Island = change(e.Search.Island) } };

    private static ExperimentKey Refinement(string name, KeyType type, string doc, Func<RefinementSettings, object?> get, Func<RefinementSettings, object?, RefinementSettings> set) =>
        new($"refinement.{name}", type, doc, e => get(e.Protocol.Refinement), (e, v) => e with { Protocol = e.Protocol with { Refinement = set(e.Protocol.Refinement, v) } });

    private static ExperimentKey Filter(string name, KeyType type, string doc, Func<FilterSettings, object?> get, Func<FilterSettings, object?, FilterSettings> set) =>
        new($"filters.{name}", type, doc, e => get(e.Protocol.Filters), (e, v) => e with { Protocol = e.Protocol with { Filters = set(e.Protocol.Filters, v) } });
}
