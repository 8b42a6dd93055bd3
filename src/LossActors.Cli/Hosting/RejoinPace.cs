namespace LossActors.Cli.Hosting;

/// <summary>
/// How long a search node that the others have gone on without waits before it joins them again: longer each time it was a member for a short while only. A link that stays broken removes it
/// again and again, and each time islands move to it and back.
/// </summary>
internal sealed class RejoinPace(TimeProvider time)
{
    private static readonly TimeSpan s_shortLife = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);
    private long _born;

    /// <summary>How many of its lives, up to the last one, were short.</summary>
    public int ShortLives { get; private set; }

    /// <summary>How long to wait now.</summary>
    public TimeSpan Delay => s_shortest * Math.Pow(2, ShortLives) is var delay && delay < s_longest ? delay : s_longest;

    /// <summary>A life begins.</summary>
    public void Begin() => _born = time.GetTimestamp();

    /// <summary>It has ended.</summary>
    public void End() => ShortLives = time.GetElapsedTime(_born) < s_shortLife ? ShortLives + 1 : 0;
}
