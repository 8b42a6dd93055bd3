using System.Collections.Immutable;
using System.CommandLine;

namespace LossActors.Studies.Table;

/// <summary>The command <c>table</c>.</summary>
internal static class TableStudy
{
    public static Command Create(Option<string[]> set)
    {
        var tasks = Names("--tasks", "tasks to run; default: all", TableTask.All.Select(t => t.Name));
        var methods = Names("--methods", "methods to run; default: all", TableMethod.All.Select(m => m.Name));
        var searches = new Option<int>("--searches") { Description = "independent searches per cell", DefaultValueFactory = _ => 3 };
        var seeds = new Option<int>("--seeds") { Description = "seeds per meta-test", DefaultValueFactory = _ => 20 };
        var dataDir = new Option<string>("--data-dir") { Description = "the program's data folder: interrupted searches go on from there", DefaultValueFactory = _ => "lossactors-data" };
        var output = new Option<DirectoryInfo>("--output") { Description = "holds one JSON file per cell; those there are not run again", Required = true };
        var command = new Command("table", "the results table: every method on every task, resumable; prints and writes what cells there are") { tasks, methods, searches, seeds, set, dataDir, output };
        command.SetAction(async (parsed, cancellation) =>
        {
            var folder = parsed.GetRequiredValue(output).FullName;
            var program = new TableSearch(parsed.GetRequiredValue(dataDir), parsed.GetRequiredValue(set));
            var failed = await new ResultsTable(folder, parsed.GetValue(searches), parsed.GetValue(seeds), program).FillAsync(
                Chosen(TableTask.All, parsed.GetValue(tasks), task => task.Name), Chosen(TableMethod.All, parsed.GetValue(methods), method => method.Name), cancellation);
            Write(folder);
            return failed == 0 ? 0 : throw new StudyException($"{failed} searches failed (see above); the same command tries them again");
        });
        return command;
    }

    private static void Write(string folder)
    {
        var rows = TableRow.Read(folder);
        var text = TableText.Render(folder, rows);
        File.WriteAllText(Path.Combine(folder, "table.md"), text);
        File.WriteAllText(Path.Combine(folder, "table.svg"), TableFigure.Render(rows));
        Console.Write(text);
    }

    private static Option<string[]> Names(string name, string description, IEnumerable<string> names)
    {
        var option = new Option<string[]>(name) { Description = description, AllowMultipleArgumentsPerToken = true };
        option.AcceptOnlyFromAmong([.. names]);
        return option;
    }

    private static ImmutableArray<T> Chosen<T>(ImmutableArray<T> all, string[]? names, Func<T, string> nameOf) =>
        names is { Length: > 0 } ? [.. all.Where(one => names.Contains(nameOf(one)))] : all;
}
