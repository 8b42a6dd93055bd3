using LossActors.Actors.Protocol;

namespace LossActors.Actors.Broker;

/// <summary>Which jobs may share a lease: those that are alike, and none with a job that must be alone.</summary>
/// <param name="Likeness">What they have in common.</param>
/// <param name="Alone">0, or a number that no other job has.</param>
internal readonly record struct Company(Likeness Likeness, long Alone);
