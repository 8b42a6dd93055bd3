using LossActors.Learning.Datasets;
using LossActors.Learning.MetaTesting;
using LossActors.Learning.Protocols;

namespace LossActors.Cli.Hosting;

/// <summary>What a meta-test of a run's loss does not show by itself: other data than the run's, and tasks that were not asked.</summary>
internal static class DataNotices
{
    /// <summary>Says it on standard error, a line each.</summary>
    public static void Write(CliEnvironment environment, LossReference reference, EvaluationProtocol protocol, MetaTestReport report)
    {
        if (reference.Experiment?.Protocol is not { } own || own.Task with { Path = null } != protocol.Task with { Path = null })
        {
            return;
        }

        // Test instances of the changed data may have been trained on in the search.
        if (reference.DataHash is { } hash && DataHashes.Split(hash)[0] != report.DataHash)
        {
            environment.Error.WriteLine(
                $"lossactors: the data of {report.Dataset} have changed since {reference.Label} was found (hash {DataHashes.Short(report.DataHash)}, was {DataHashes.Short(DataHashes.Split(hash)[0])}): what is tested on now may have been trained on then");
        }

        if (own.FurtherTasks.Length > 0)
        {
            environment.Error.WriteLine($"lossactors: the first of the search's {own.FurtherTasks.Length + 1} tasks was tested; for the others give --dataset");
        }
    }
}
