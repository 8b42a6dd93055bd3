using System.Text;
using LossActors.Learning.Datasets;
using LossActors.Learning.Protocols;
using Xunit;

namespace LossActors.Learning.Tests.Datasets;

public sealed class CsvRefusalTests : IDisposable
{
    private const string Rows = "1,2,3\n4,5,6\n7,8,9\n1,2,3\n4,5,6\n7,8,9\n";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("an empty file", "", "", "the file is empty")]
    [InlineData("only blank lines", "\n\n  \n", "", "")]
    [InlineData("only a header", "a,b,y\n", "", "no line below it")]
    [InlineData("a ragged row", "a,b,y\n1,2,3\n4,5\n", "line 3", "2 fields, but the header has 3")]
    [InlineData("a ragged row after a quoted line break", "a,b,y\n\"1\n\",2,3\n4,5,6,7\n", "line 4", "4 fields")]
    [InlineData("a column twice", "a,a,y\n" + Rows, "line 1", "two columns are called \"a\" (1 and 2)")]
    [InlineData("a column without a name", "a,,y\n" + Rows, "line 1", "column 2 has no name")]
    [InlineData("no header", Rows, "line 1", "put a line with the column names above it")]
    [InlineData("a decimal comma", "a;b;y\n1;2;3\n1;2,5;3\n", "line 3, column b", "decimal point")]
    [InlineData("a missing value", "a,b,y\n1,2,3\n1,?,3\n", "line 3, column b", "missing = drop or impute")]
    [InlineData("text among numbers", "a,b,y\n1,2,3\nParis,2,3\n", "line 3, column a", "categorical or ignore")]
    [InlineData("infinity", "a,b,y\n1,2,3\n1,Infinity,3\n", "line 3, column b", "not a finite number")]
    [InlineData("a number beyond the range", "a,b,y\n1,2,3\n1,1e999,3\n", "line 3, column b", "not a finite number")]
    [InlineData("an infinite regression target", "a,b,y\n1,2,3.5\n1,2,-Infinity\n", "line 3, column y", "not a finite number", TaskKind.Regression)]
    [InlineData("a text regression target", "a,b,y\n1,2,3.5\n1,2,red\n", "line 3, column y", "kind = classification", TaskKind.Regression)]
    [InlineData("a constant target", "a,b,y\n1,2,3\n4,5,3\n7,8,3\n1,2,3\n", "", "nothing to predict")]
    [InlineData("one class only", "a,b,y\n1,2,x\n4,5,x\n7,8,x\n", "column y", "every target is \"x\"")]
    [InlineData("a class with too few instances", "a,b,y\n1,2,x\n4,5,x\n7,8,x\n1,2,z\n4,5,z\n", "", "class \"z\" has only 2 instance(s)")]
    [InlineData("too few rows", "a,b,y\n1,2,3.5\n4,5,4.5\n", "", "there are only 2 instance(s)")]
    [InlineData("an unclosed quote", "a,b,y\n1,2,3\n\"4,5,6\n7,8,9\n", "line 3", "quote")]
    [InlineData("text after a quote", "a,b,y\n1,2,3\n\"4\"x,5,6\n", "line 3", "quote")]
    [InlineData("values too large to standardise", "a,b,y\n1e308,2,3.5\n-1e308,5,4.5\n1e308,8,5\n-1e308,2,6\n1e308,1,7\n", "column a", "too large")]
    public void A_broken_table_is_refused_in_one_line(string why, string text, string where, string what, TaskKind? kind = null)
    {
        var path = _folder.Write("table.csv", text);
        Refused(new() { Path = path, Target = "y", Kind = kind }, why, path, where, what);
    }

    [Fact]
    public void A_mistyped_column_name_is_answered_with_the_nearest()
    {
        var path = _folder.Write("table.csv", "age,height,price\n" + Rows);

        Refused(new() { Path = path, Target = "prize" }, "target", path, "no column \"prize\" (target)", "did you mean \"price\"?");
        Refused(new() { Path = path, Target = "price", Ignore = ["hieght"] }, "ignore", path, "(ignore)", "did you mean \"height\"?");
        Refused(new() { Path = path, Target = "price", Categorical = ["city"] }, "categorical", path, "no column \"city\"", "age, height, price");
        Refused(new() { Path = path }, "no target", path, "set task.target", "price");
    }

    [Fact]
    public void A_target_may_not_be_an_input_too()
    {
        var path = _folder.Write("table.csv", "a,b,y\n" + Rows);

        Refused(new() { Path = path, Target = "y", Categorical = ["y"] }, "categorical", "also in categorical");
        Refused(new() { Path = path, Target = "y", Ignore = ["a", "b"] }, "all ignored", "no input column");
    }

    [Fact]
    public void A_missing_target_cannot_be_imputed_and_dropping_may_not_leave_nothing()
    {
        var path = _folder.Write("table.csv", "a,y\n1,2\n2,\n");
        var empty = _folder.Write("empty.csv", "a,y\n1,\n,2\n");

        Refused(new() { Path = path, Target = "y", Missing = MissingValues.Impute }, "impute", "line 3, column y", "cannot be imputed");
        Refused(new() { Path = empty, Target = "y", Missing = MissingValues.Drop }, "drop", empty, "every row has a missing value");
    }

    [Fact]
    public void Random_bytes_are_refused()
    {
        var bytes = new byte[4096];
        new Random(7).NextBytes(bytes);

        Refused(new() { Path = _folder.Write("garbage.csv", bytes), Target = "y" }, "random bytes", "line 1", "not UTF-8 text");
        Refused(new() { Path = _folder.Write("latin1.csv", Encoding.Latin1.GetBytes("a,y\n1,2\ncafé,3\n")), Target = "y" }, "Latin-1", "line 3", "not UTF-8 text");
        Refused(new() { Path = _folder.Write("zero.csv", "a,y\n1,\0\n"), Target = "y" }, "a zero byte", "line 2", "not UTF-8 text");
        Refused(new() { Path = _folder.Write("wide.csv", Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes("a,y\n1,2\n")).ToArray()), Target = "y" }, "UTF-16", "UTF-16", "save it as UTF-8");
        Refused(new() { Path = _folder.Write("broken.csv.gz", [0x1f, 0x8b, 8, 0, 1, 2, 3, 4, 5, 6, 7, 8]), Target = "y" }, "broken gzip", "broken gzip data");
    }

    [Fact]
    public void A_line_of_ten_megabytes_is_refused_without_showing_it()
    {
        var path = _folder.Write("long.csv", "a,y\n1,2\n" + new string('x', 10 << 20) + ",3\n");
        Refused(new() { Path = path, Target = "y" }, "a long cell", "line 3, column a", "is not a finite number with a decimal point");

        var header = _folder.Write("header.csv", new string('x', 10 << 20));
        Refused(new() { Path = header, Target = "y" }, "a long header", header);

        var commas = _folder.Write("commas.csv", new string(',', 1 << 20));
        Refused(new() { Path = commas, Target = "y" }, "only commas", "line 1", "column 1 has no name");
    }

    [Fact]
    public void A_table_with_more_cells_than_memory_is_refused_while_it_is_read()
    {
        var error = Assert.Throws<DataException>(() => CsvTable.Parse(Encoding.UTF8.GetBytes("a,b,y\n" + Rows), "table.csv", null, mostCells: 17));
        Assert.Equal("table.csv, line 7: more than 17 cells, the most that is read here; use fewer instances or columns", error.Message);
        Assert.Equal(6, CsvTable.Parse(Encoding.UTF8.GetBytes("a,b,y\n" + Rows), "table.csv", null, mostCells: 18).Rows.Count);
    }

    [Fact]
    public void A_missing_file_a_folder_and_an_unknown_dataset_are_refused()
    {
        Refused(new() { Path = Path.Combine(_folder.Path, "nowhere.csv"), Target = "y" }, "missing", "nowhere.csv: no such file");
        Refused(new() { Path = _folder.Path, Target = "y" }, "a folder", _folder.Path, "this is a folder");
        Refused(new() { Target = "y" }, "no path", "set task.path");
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(new() { Dataset = "digit" }, 1));
        Assert.Contains("did you mean \"digits\"?", error.Message, StringComparison.Ordinal);
        Assert.Throws<DataException>(() => TaskLoader.Load(new() { Dataset = "digits", Path = "x.csv" }, 1));
    }

    [Theory]
    [InlineData(0.6, 0.4)]
    [InlineData(0.6, 0.2, 0.0)]
    [InlineData(0.6, -0.2, 0.6)]
    [InlineData(0.6, double.NaN, 0.4)]
    public void Shares_that_are_none_are_refused(params double[] shares)
    {
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(new() { Split = [.. shares] }, 1));
        Assert.Contains("three positive shares", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, "limit = 0")]
    [InlineData(15, "too few for one in each of 3 parts; add instances, remove them, or raise limit")]
    public void A_limit_too_small_is_refused(int limit, string what)
    {
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(new() { Limit = limit }, 1));
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("")]
    [InlineData("\"")]
    [InlineData("é")]
    public void A_separator_that_is_none_is_refused(string separator) =>
        Refused(new() { Path = _folder.Write("t.csv", "a,y\n1,2\n"), Target = "y", Separator = separator }, separator, "cannot separate columns");

    private static void Refused(TaskSettings settings, string why, params string[] parts)
    {
        var error = Assert.Throws<DataException>(() => TaskLoader.Load(settings with { Dataset = "csv" }, 1));
        Assert.All(parts, part => Assert.True(error.Message.Contains(part, StringComparison.Ordinal), $"{why}: \"{part}\" is not in: {error.Message}"));
        Assert.DoesNotContain('\n', error.Message);
        Assert.InRange(error.Message.Length, 1, 500);
    }
}
