using TorchSharp;

namespace LossActors.Learning.Native;

/// <summary>How many threads one training computes with.</summary>
/// <remarks>
/// With OpenMP the number belongs to the thread that sets it, so every evaluator thread sets its own before it computes
/// (one that does not takes the number that was set last by any thread). With 1 the results are equal bit for bit
/// whatever else runs in the process; with more, sums are split by the number of threads and so depend on it.
/// </remarks>
public static class TorchThreads
{
    /// <summary>Sets the calling thread's number of computing threads.</summary>
    /// <param name="threads">At least 1.</param>
    public static void Set(int threads)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        Torch.Ensure();

        // The first question of a thread gives it the number that any thread has set last. Asked here, it cannot undo what is set now.
        _ = torch.get_num_threads();
        torch.set_num_threads(threads);
    }

    /// <summary>Threads per slot when some slots share this machine: its processors divided among them, at least 1.</summary>
    /// <param name="slots">Trainings at a time, at least 1.</param>
    public static int PerSlot(int slots)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        return Math.Max(1, Environment.ProcessorCount / slots);
    }
}
