using LossActors.Actors.Evaluators;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Actors.Tests.Evaluators;

public sealed class LaboratoryBenchesTests
{
    private static readonly EvaluationProtocol s_protocol = new()
    {
        Task = new TaskSettings { Dataset = "digits" },
        Training = new TrainingSettings { Steps = 2 },
        Filters = new FilterSettings { Sample = 10, Steps = 2 },
        FurtherTasks = [new FurtherTask { Task = new TaskSettings { Dataset = "breast-cancer" } }],
    };

    [Fact]
    public void Other_data_than_those_of_the_run_are_refused()
    {
        var hashes = DataHashes.Join(new[] { "digits", "breast-cancer" }.Select(name => TaskLoader.Load(new TaskSettings { Dataset = name }, 1).Hash));
        using (var bench = new LaboratoryBenches().Open(s_protocol, hashes, "cpu", 1))
        {
            Assert.True(bench.Capacity.Screen > 0);
        }

        var error = Assert.Throws<DataException>(() => new LaboratoryBenches().Open(s_protocol, "0123456789abcdef+x", "cpu", 1));
        Assert.StartsWith("the data of digits are not those that the run was started with", error.Message, StringComparison.Ordinal);
        Assert.Contains("0123456789ab… there", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }
}
