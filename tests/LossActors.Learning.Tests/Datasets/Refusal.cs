using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

/// <summary>What a dataset that cannot be used is refused with.</summary>
internal static class Refusal
{
    /// <summary>One line that holds every part.</summary>
    public static void Of(TaskSettings settings, params string[] parts)
    {
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(settings, 1));
        Assert.All(parts, part => Assert.Contains(part, error.Message, StringComparison.Ordinal));
        Assert.DoesNotContain('\n', error.Message);
    }
}
