using LossActors.Learning.Diagnostics;
using LossActors.Learning.Native;
using Xunit;

namespace LossActors.Learning.Tests.Diagnostics;

public sealed class LearningChecksTests
{
    [Fact]
    public void A_machine_that_runs_these_tests_passes_every_check()
    {
        var checks = LearningChecks.Run();

        Assert.All(checks, c => Assert.True(c.Ok, $"{c.Name}: {c.Detail}"));
        Assert.All(checks, c => Assert.DoesNotContain('\n', c.Detail));
        Assert.Equal(checks.Length, checks.Select(c => c.Name).Distinct().Count());
        Assert.Contains("digits (1797)", checks.Single(c => c.Name == "embedded datasets").Detail, StringComparison.Ordinal);
        Assert.Contains("libtorch from", checks.Single(c => c.Name == "native library").Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void A_device_that_is_not_there_fails_its_check_with_a_remedy()
    {
        var missing = $"cuda:{TorchLibrary.Load().CudaDevices}";
        var check = LearningChecks.Run(null, "cpu", missing).Single(c => !c.Ok);

        Assert.Equal($"training step on {missing}", check.Name);
        Assert.NotNull(check.Remedy);
    }

    [Fact]
    public void A_folder_without_libtorch_fails_with_a_remedy_and_the_rest_is_still_looked_at()
    {
        var checks = LearningChecks.Run(Path.Combine(Path.GetTempPath(), "no-libtorch-here"));
        var failed = checks.Single(c => !c.Ok);

        Assert.Equal("native library", failed.Name);
        Assert.NotNull(failed.Remedy);
        Assert.Contains(checks, c => c.Name == "embedded datasets");
    }
}
