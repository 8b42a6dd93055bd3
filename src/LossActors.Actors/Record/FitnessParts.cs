using System.Collections.Immutable;
using System.Data.Common;
using Dapper;

namespace LossActors.Actors.Record;

/// <summary>The errors that a fitness is the mean of, where a search has several tasks or horizons.</summary>
internal static class FitnessParts
{
    private const string Task = "task";
    private const string Horizon = "horizon";

    /// <summary>Writes a candidate's parts; nothing where there are none.</summary>
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
            for (var number = 0; number < errors.Length; number++)
            {
                db.Execute(
                    "INSERT INTO fitness_parts(run, candidate, fresh, part, number, error) VALUES (@run, @candidate, @fresh, @part, @number, @error) "
                    + "ON CONFLICT(run, candidate, fresh, part, number) DO UPDATE SET error = excluded.error",
                    new { run, candidate, fresh = fresh ? 1 : 0, part, number, error = errors[number] });
            }
        }
    }

    /// <summary>A place in a hall of fame with its parts.</summary>
    public static HallOfFameRow With(DbConnection db, string run, HallOfFameRow row, bool fresh)
    {
        ImmutableArray<double> Errors(string part) =>
        [
            .. db.Query<double>(
                "SELECT error FROM fitness_parts WHERE run = @run AND candidate = @Candidate AND fresh = @fresh AND part = @part ORDER BY number",
                new { run, row.Candidate, fresh = fresh ? 1 : 0, part }),
        ];
        return row with { TaskErrors = Errors(Task), HorizonErrors = Errors(Horizon) };
    }
}
