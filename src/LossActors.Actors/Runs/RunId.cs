using System.Globalization;
using System.Security.Cryptography;

namespace LossActors.Actors.Runs;

/// <summary>Makes the ids of runs: short, readable, sorted by time, safe as file names.</summary>
public static class RunId
{
    /// <summary>An id such as <c>20261123-164912-digits-7f3a</c>.</summary>
    /// <param name="name">The experiment's name; letters and digits of it go into the id.</param>
    /// <param name="time">The clock (UTC).</param>
    public static string New(string name, TimeProvider time)
    {
        var readable = new string([.. name.ToLowerInvariant().Select(c => char.IsAsciiLetterOrDigit(c) ? c : '-').Take(24)]).Trim('-');
        // Two runs of one second must differ; nothing of a search depends on these four digits.
        return string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyyMMdd-HHmmss}-{(readable.Length > 0 ? readable : "run")}-{RandomNumberGenerator.GetHexString(4, lowercase: true)}");
    }
}
