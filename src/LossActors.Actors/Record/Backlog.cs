namespace LossActors.Actors.Record;

/// <summary>What of one journal is not in the record yet: how far the journal reaches, and as many of its next rows as are at hand.</summary>
internal sealed class Backlog
{
    private readonly Queue<(long Number, object Row)> _rows = new();

    /// <summary>The number of the last row that is known to be there.</summary>
    public long Until { get; private set; }

    /// <summary>Rows at hand.</summary>
    public int Count => _rows.Count;

    /// <summary>The journal reaches so far.</summary>
    /// <param name="number">Its last row.</param>
    /// <param name="row">That row; null: not at hand, or there is no room for it.</param>
    public void Grow(long number, object? row)
    {
        // A row is of use only behind its predecessor: those between are read from the journal, and this one with them.
        if (row is not null && number == Until + 1)
        {
            _rows.Enqueue((number, row));
        }
        else if (number > Until)
        {
            _rows.Clear();
        }

        Until = Math.Max(Until, number);
    }

    /// <summary>Takes the next rows, at most so many.</summary>
    /// <param name="after">The last row that is not wanted any more.</param>
    /// <param name="most">How many.</param>
    /// <param name="journal">Reads rows from one number (exclusive) to another (inclusive).</param>
    public List<(long Number, object Row)> Take(long after, int most, Func<long, long, IEnumerable<(long Number, object Row)>> journal)
    {
        while (_rows.TryPeek(out var first) && first.Number <= after)
        {
            _rows.Dequeue();
        }

        if (!_rows.TryPeek(out var next) || next.Number > after + 1)
        {
            var last = _rows.Count > 0 ? next.Number - 1 : Until;
            return [.. journal(after, Math.Min(last, after + most))];
        }

        var taken = new List<(long, object)>();
        while (taken.Count < most && _rows.TryDequeue(out var row))
        {
            taken.Add(row);
        }

        return taken;
    }
}
