using System.CommandLine;
using LossActors.Studies.Table;

namespace LossActors.Studies.Transfer;

/// <summary>
/// The command <c>transfer</c>: does a loss serve another network than it was found with? The best learned losses of the results table, logistic regression's for LeNet-5 and the other
/// way round, beside the task loss, both learning rates tuned.
/// </summary>
internal static class TransferStudy
{
    private static readonly (string From, string To)[] s_ways = [("fashion-mnist", "fashion-mnist-lenet5"), ("fashion-mnist-lenet5", "fashion-mnist")];

    public static Command Create()
    {
        var table = new Option<DirectoryInfo>("--table") { Description = "the cells of the results table", Required = true };
        var seeds = new Option<int>("--seeds") { Description = "seeds per meta-test", DefaultValueFactory = _ => 20 };
        var output = new Option<FileInfo>("--output") { Description = "results as JSON; losses already in it are not tested again", Required = true };
        var command = new Command("transfer", "losses found with one network train another") { table, seeds, output };
        command.SetAction((parsed, cancellation) => RunAsync(parsed.GetRequiredValue(table).FullName, parsed.GetValue(seeds), parsed.GetRequiredValue(output).FullName, cancellation));
        return command;
    }

    private static async Task RunAsync(string table, int seeds, string file, CancellationToken cancellation)
    {
        List<TransferResult> known = StudyJson.ReadFile<List<TransferResult>>(file) ?? [], results = [];
        foreach (var (from, to) in s_ways)
        {
            // What a neural loss is, its name does not tell.
            var best = TableRow.Read(table).Where(row => row.Task.Name == from && TableMethod.Learned.Contains(row.Method) && LossText.IsExpression(row.Winner.Loss!)).MinBy(row => row.Test.ValidationError)
                ?? throw new StudyException($"{table} has no learned loss of {from} yet");
            var loss = best.Winner.Loss!;
            results.Add(known.FirstOrDefault(result => (result.From, result.To, result.Loss, result.Test.Learned.Errors.Length) == (from, to, loss, seeds))
                ?? new TransferResult(from, to, best.Method.Name, loss, await TestAsync(loss, to, seeds, cancellation)));
            StudyJson.WriteFile(file, results);
            Print(results[^1]);
        }
    }

    private static async Task<TestResult> TestAsync(string loss, string to, int seeds, CancellationToken cancellation) => StudyJson.Read<TestResult>(await LossActorsProgram.RunAsync(
        ["test", loss, "--experiment", TableTask.All.Single(task => task.Name == to).File, "--seeds", $"{seeds}", "--tune", "both", "--json"], [0], cancellation));

    private static void Print(TransferResult result)
    {
        var (test, difference) = (result.Test, result.Test.Compare(result.Test.Learned));
        Console.WriteLine(FormattableString.Invariant(
            $"{result.From} -> {result.To}: {test.Metric} {test.Learned.Mean().Mean:F5} (rate {test.Learned.LearningRate}) against {test.Baseline.Mean().Mean:F5} (rate {test.Baseline.LearningRate}), difference {difference.Difference.Mean:F5} ({difference.Difference.Low:F5} … {difference.Difference.High:F5}), p = {difference.TTest:G2} (t), {difference.Wilcoxon:G2} (Wilcoxon), {test.Learned.Diverged()} diverged: {result.Method}'s {LossText.Short(result.Loss)}"));
    }
}
