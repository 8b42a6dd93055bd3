namespace LossActors.Actors.Simulation;

/// <summary>Which part of a search its pace is measured over: neither the start of processes nor the end, when births run out.</summary>
internal static class SteadyState
{
    /// <summary>From this verdict to that one, counted from 1.</summary>
    public static (int From, int To) Of(int candidates) => (Math.Max(1, candidates / 5), Math.Max(2, candidates * 9 / 10));
}
