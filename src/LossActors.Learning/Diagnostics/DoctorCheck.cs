namespace LossActors.Learning.Diagnostics;

/// <summary>One thing that was looked at on this machine.</summary>
/// <param name="Name">What was looked at, in a few words.</param>
/// <param name="Ok">Whether it is as the work needs it; optional things that are missing are no failure.</param>
/// <param name="Detail">What was found, in one line.</param>
/// <param name="Remedy">What to do; null where nothing needs to be done.</param>
public sealed record DoctorCheck(string Name, bool Ok, string Detail, string? Remedy = null);
