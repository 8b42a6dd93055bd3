using System.Globalization;
using System.Text;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class CsvTaskTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(",")]
    [InlineData(";")]
    [InlineData("\t")]
    [InlineData("|")]
    public void The_separator_is_found_by_itself_or_as_named(string separator)
    {
        var path = _folder.Write("t.csv", Table(30, i => [Number(i), Number(i * i % 7), Number(i + 0.5)], "a", "b", "y").Replace(",", separator, StringComparison.Ordinal));

        var guessed = Load(path, new() { Target = "y" });
        var named = Load(path, new() { Target = "y", Separator = separator });

        Assert.Equal([2], guessed.InputShape);
        Assert.Equal(TaskKind.Regression, guessed.Kind);
        Assert.Equal(guessed.Training.Inputs, named.Training.Inputs);
    }

    [Fact]
    public void A_byte_order_mark_quotes_blank_lines_and_gzip_change_nothing()
    {
        var plain = Table(30, i => [Number(i), Number(i % 3), i % 2 == 0 ? "yes" : "no"], "a", "b", "y");
        var lines = plain.Split('\n');
        var quoted = "\uFEFF\"a\" , b,y\r\n\r\n" + string.Join("\r\n", lines.Skip(1).Select(l => string.Join(',', l.Split(',').Select(c => l.Length > 0 ? $"\"{c}\"" : c))));
        var one = Load(_folder.Write("plain.csv", plain), new() { Target = "y" });
        var two = Load(_folder.Write("quoted.csv.gz", Encoding.UTF8.GetBytes(quoted), zipped: true), new() { Target = "y" });

        Assert.Equal(one.Hash, two.Hash);
        Assert.Equal(one.Training.Inputs, two.Training.Inputs);
        Assert.Equal(["no", "yes"], one.ClassNames);
        Assert.Equal("plain.csv", one.Name);
    }

    [Fact]
    public void Another_value_anywhere_is_another_hash()
    {
        var text = Table(30, i => [Number(i), Number(i + 0.5)], "a", "y");
        var one = Load(_folder.Write("1.csv", text), new() { Target = "y" });
        var two = Load(_folder.Write("2.csv", text.Replace("\n17,", "\n18,", StringComparison.Ordinal)), new() { Target = "y" });

        Assert.NotEqual(one.Hash, two.Hash);
    }

    [Fact]
    public void A_field_may_hold_separators_quotes_and_line_breaks()
    {
        var path = _folder.Write("t.csv", "city,x,y\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"\"Pa,r\n\"\"is\",{i},{i * 2}\n\"Rome\",{i},{i * 3}\n")));
        var task = Load(path, new() { Target = "y", Kind = TaskKind.Regression, Categorical = ["city"] });

        Assert.Equal([3], task.InputShape);
        Assert.All(Rows(task, task.Training), row => Assert.Equal(1f, row[0] + row[1]));
    }

    [Theory]
    [InlineData("whole numbers of few values", 60, "i % 3", TaskKind.Classification)]
    [InlineData("whole numbers of many values", 60, "i", TaskKind.Regression)]
    [InlineData("few values but fractions", 60, "i % 3 + .5", TaskKind.Regression)]
    [InlineData("too few rows per value", 12, "i % 4", TaskKind.Regression)]
    [InlineData("text", 60, "text", TaskKind.Classification)]
    public void The_kind_of_task_is_guessed_from_the_target(string why, int rows, string rule, TaskKind expected)
    {
        var path = _folder.Write("t.csv", Table(rows, i => [Number(i), rule switch
        {
            "i % 3" => Number(i % 3),
            "i" => Number(i),
            "i % 3 + .5" => Number((i % 3) + 0.5),
            "i % 4" => Number(i % 4),
            _ => i % 2 == 0 ? "a" : "b",
        }], "x", "y"));

        Assert.True(expected == Load(path, new() { Target = "y" }).Kind, why);
    }

    [Fact]
    public void Numeric_classes_are_one_class_however_written_and_go_by_size()
    {
        string[] labels = ["10", "2", "2.0", "02", "10.0"];
        var path = _folder.Write("t.csv", Table(50, i => [Number(i), labels[i % 5]], "x", "y"));

        Assert.Equal(["2", "10"], Load(path, new() { Target = "y" }).ClassNames);
    }

    [Fact]
    public void Categories_are_those_of_the_training_part_and_an_unseen_one_is_all_zeros()
    {
        // Every row has a category of its own, so no category of another part is in training.
        var path = _folder.Write("t.csv", Table(20, i => [$"c{i}", Number(i), Number(i * 1.5)], "c", "x", "y"));
        var task = Load(path, new() { Target = "y", Categorical = ["c"] });

        Assert.Equal([task.Training.Count + 1], task.InputShape);
        Assert.All(Rows(task, task.Training), row => Assert.Equal(1f, row[..^1].Sum()));
        Assert.All(Rows(task, task.Validation).Concat(Rows(task, task.Test)), row => Assert.All(row[..^1], v => Assert.Equal(0f, v)));
    }

    [Fact]
    public void Standardisation_knows_the_training_part_only()
    {
        var path = _folder.Write("t.csv", Table(50, i => [Number(Math.Exp(i / 5.0)), "3.3", Number((i * i) + 7)], "x", "constant", "y"));
        var task = Load(path, new() { Target = "y" });

        var x = Rows(task, task.Training).Select(r => (double)r[0]).ToList();
        Assert.Equal(0, x.Average(), 1e-5);
        Assert.Equal(1, x.Average(v => v * v), 1e-5);
        Assert.NotEqual(0, Rows(task, task.Test).Average(r => r[0]), 1e-3);
        Assert.All(Rows(task, task.Training).Concat(Rows(task, task.Test)), r => Assert.Equal(0f, r[1]));
        Assert.Equal(0, task.Training.Targets.Average(), 1e-5);
        var targets = task.Training.Targets.Concat(task.Validation.Targets).Concat(task.Test.Targets).Select(t => (t * task.TargetDeviation) + task.TargetMean).Order();
        Assert.All(targets.Zip(Enumerable.Range(0, 50).Select(i => (i * i) + 7.0)), p => Assert.Equal(p.Second, p.First, 1e-3));
    }

    [Fact]
    public void Rows_with_missing_values_are_dropped_on_request()
    {
        string[] marks = ["", "NA", "nan", "?", "NULL", "n/a"];
        var path = _folder.Write("t.csv", Table(60, i => [i < 6 ? marks[i] : Number(i), i == 6 ? "" : Number(i + 0.5)], "x", "y"));
        var task = Load(path, new() { Target = "y", Missing = MissingValues.Drop });

        Assert.Equal(53, task.Training.Count + task.Validation.Count + task.Test.Count);
    }

    [Fact]
    public void Missing_values_are_imputed_by_the_training_mean_and_the_commonest_category()
    {
        var path = _folder.Write("t.csv", Table(60, i => [i % 5 == 0 ? "?" : Number(i), i % 5 == 0 ? "" : i % 3 == 0 ? "rare" : "usual", Number(i + 0.5)], "x", "c", "y"));
        var task = Load(path, new() { Target = "y", Categorical = ["c"], Missing = MissingValues.Impute });

        var imputed = Rows(task, task.Training).Concat(Rows(task, task.Validation)).Concat(Rows(task, task.Test)).Where(r => r[0] == 0f).ToList();
        Assert.Equal(12, imputed.Count);
        Assert.All(imputed, r => Assert.Equal([0f, 0f, 1f], r));
    }

    [Fact]
    public void A_limit_takes_a_stratified_sample()
    {
        var path = _folder.Write("t.csv", Table(400, i => [Number(i), i % 4 == 0 ? "quarter" : "rest"], "x", "y"));
        var task = Load(path, new() { Target = "y", Limit = 100 });
        var targets = task.Training.Targets.Concat(task.Validation.Targets).Concat(task.Test.Targets).ToList();

        Assert.Equal(100, targets.Count);
        Assert.Equal(25, targets.Count(t => t == 0));
        Assert.Equal((60, 20, 20), (task.Training.Count, task.Validation.Count, task.Test.Count));
    }

    [Fact]
    public void Ignored_columns_may_hold_anything_and_count_for_nothing()
    {
        var path = _folder.Write("t.csv", Table(30, i => [$"name {i}", Number(i), Number(i + 0.5)], "name", "x", "y"));

        Assert.Equal([1], Load(path, new() { Target = "y", Ignore = ["name"] }).InputShape);
    }

    private static TaskData Load(string path, TaskSettings settings) => TaskLoader.Load(settings with { Dataset = "csv", Path = path }, 1);

    private static IEnumerable<float[]> Rows(TaskData task, DataPart part) => part.Inputs.Chunk(task.InputSize);

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);

    private static string Table(int rows, Func<int, string[]> row, params string[] header) =>
        string.Join(',', header) + "\n" + string.Concat(Enumerable.Range(0, rows).Select(i => string.Join(',', row(i)) + "\n"));
}
