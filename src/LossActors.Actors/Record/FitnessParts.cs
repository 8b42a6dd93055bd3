using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace LossActors.Actors.Record;

/// <summary>The errors that a fitness is the mean of, where a search has several tasks or horizons.</summary>
internal static class FitnessParts
{
    private const string Task = "task";
    private const string Horizon = "horizon";

    /// <summary>Writes a candidate's parts; nothing where there are none, nor for tasks that it was not measured on.</summary>
    /// <param name="db">The record.</param>
    /// <param name="run">The run.</param>
    /// <param name="candidate">Whose.</param>
    /// <param name="tasks">Mean error on each task, the main one first.</param>
    /// <param name="horizons">Mean error at each horizon and at the end.</param>
    /// <param name="fresh">Whether they are of a finalist's fresh replicates.</param>
    public static void Write(DbConnection db, string run, string candidate, ImmutableArray<double> tasks, ImmutableArray<double> horizons, bool fresh)
    {
        foreach (var (part, errors) in new[] { (Task, tasks), (Horizon, horizons) })
        {
            foreach (var (number, error) in errors.Index().Where(error => !double.IsNaN(error.Item)))
            {
                db.Execute(
                    "INSERT INTO fitness_parts(run, candidate, fresh, part, number, error) VALUES (@run, @candidate, @fresh, @part, @number, @error) "
                    + "ON CONFLICT(run, candidate, fresh, part, number) DO UPDATE SET error = excluded.error",
                    new { run, candidate, fresh = fresh ? 1 : 0, part, number, error });
            }
        }
    }

    /// <summary>A place in a hall of fame with its parts; NaN on tasks that it was not measured on.</summary>
    public static HallOfFameRow With(DbConnection db, string run, HallOfFameRow row, bool fresh)
    {
        return row with { TaskErrors = Errors(Task), HorizonErrors = Errors(Horizon) };

        ImmutableArray<double> Errors(string part)
        {
            var rows = db.Query<(int Number, double Error)>(
                "SELECT number, error FROM fitness_parts WHERE run = @run AND candidate = @Candidate AND fresh = @fresh AND part = @part ORDER BY number",
                new { run, row.Candidate, fresh = fresh ? 1 : 0, part }).ToDictionary(error => error.Number, error => error.Error);
            return [.. Enumerable.Range(0, rows.Count == 0 ? 0 : rows.Keys.Max() + 1).Select(number => rows.GetValueOrDefault(number, double.NaN))];
        }
    }
}
