namespace LossActors.Learning.Datasets.Fetching;

/// <summary>Waits for a server, but not for one that has fallen silent.</summary>
/// <param name="silence">The longest wait for one answer.</param>
/// <param name="time">Measures it.</param>
/// <param name="cancellation">Ends all waiting.</param>
internal sealed class Patience(TimeSpan silence, TimeProvider time, CancellationToken cancellation)
{
    /// <summary>The answer to one question.</summary>
    /// <exception cref="BrokenOffException">None came in time, or the connection broke.</exception>
    public async Task<T> For<T>(Func<CancellationToken, Task<T>> ask)
    {
        using var limit = new CancellationTokenSource(silence, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            return await ask(either.Token);
        }
        catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
        {
            throw new BrokenOffException("the server fell silent", e);
        }
        catch (IOException e)
        {
            throw new BrokenOffException(e.Message, e);
        }
    }
}
