using CsvHelper;

namespace LossActors.Learning.Datasets;

/// <summary>The cells of a table with a header, as text (RFC 4180: quoted fields, doubled quotes, line breaks inside quotes).</summary>
internal sealed class CsvTable
{
    // A cell takes some hundred bytes, so this many take two gigabytes in each process that reads them: a small compressed file can hold many more.
    private const long MostCells = 20_000_000;

    private CsvTable(string source, string[] header, List<string[]> rows, List<long> lines)
    {
        Source = source;
        Header = header;
        Rows = rows;
        Lines = lines;
    }

    /// <summary>The file, for messages.</summary>
    public string Source { get; }

    /// <summary>The column names: nonempty and all different.</summary>
    public string[] Header { get; }

    /// <summary>At least one row; each has as many cells as the header, without surrounding white space.</summary>
    public List<string[]> Rows { get; }

    /// <summary>The line of the file, from 1, on which each row starts.</summary>
    public List<long> Lines { get; }

    /// <summary>Reads a table.</summary>
    /// <param name="text">The text, as UTF-8.</param>
    /// <param name="source">The file, for messages.</param>
    /// <param name="separator">One character; null: found among comma, semicolon, tab and bar by the first lines.</param>
    /// <param name="mostCells">A table with more is refused rather than exhausting memory.</param>
    /// <exception cref="DataException">The text is no such table.</exception>
    public static CsvTable Parse(ReadOnlyMemory<byte> text, string source, string? separator, long mostCells = MostCells)
    {
        if (separator is not null && (separator.Length != 1 || !char.IsAscii(separator[0]) || separator[0] is '"' or '\r' or '\n' or '\0'))
        {
            throw new DataException($"separator \"{Shown(separator)}\" cannot separate columns; use one character such as \",\", \";\" or a tab");
        }

        using var reader = CsvReader.Create(text, new CsvReaderOptions
        {
            Separator = separator?[0],
            HasHeader = false, // read as a row, so that it can be checked
            TrimWhitespace = true,
            TrimInsideQuotes = true,
            TrackLineNumbers = true,
            MalformedData = CsvMalformedDataHandling.Throw,
        });
        try
        {
            return Read(reader, source, mostCells);
        }
        catch (CsvFormatException e)
        {
            throw new DataException($"{source}, line {e.LineNumber}: {Shown(e.Message, 200).TrimEnd('.')}; quotes must enclose a whole field and be doubled inside it", e);
        }
    }

    private static CsvTable Read(CsvReader reader, string source, long mostCells)
    {
        if (!reader.Read())
        {
            throw new DataException($"{source}: the file is empty; it needs a header line with the column names and a line per instance");
        }

        var header = reader.Current.ToArray();
        CheckHeader(header, source, reader.LineNumber);
        var (rows, lines) = (new List<string[]>(), new List<long>());
        while (reader.Read())
        {
            if (reader.FieldCount != header.Length)
            {
                throw new DataException(
                    $"{source}, line {reader.LineNumber}: {reader.FieldCount} fields, but the header has {header.Length}; check separators and quotes (separator: \"{Shown(reader.Separator.ToString())}\")");
            }

            if ((rows.Count + 1L) * header.Length > mostCells)
            {
                throw new DataException($"{source}, line {reader.LineNumber}: more than {mostCells:N0} cells, the most that is read here; use fewer instances or columns");
            }

            rows.Add(reader.Current.ToArray());
            lines.Add(reader.LineNumber);
        }

        return rows.Count > 0
            ? new CsvTable(source, header, rows, lines)
            : throw new DataException($"{source}: a header, but no line below it; add the instances");
    }

    private static void CheckHeader(string[] header, string source, long line)
    {
        if (header.All(name => Cells.Number(name) is not null))
        {
            throw new DataException($"{source}, line {line}: the first line holds only numbers; put a line with the column names above it");
        }

        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var i = 0; i < header.Length; i++)
        {
            if (header[i].Length == 0)
            {
                throw new DataException($"{source}, line {line}: column {i + 1} has no name; the first line must name every column");
            }

            if (!seen.TryAdd(header[i], i))
            {
                throw new DataException($"{source}, line {line}: two columns are called \"{Shown(header[i])}\" ({seen[header[i]] + 1} and {i + 1}); rename one");
            }
        }
    }

    /// <summary>Text from a file made fit for one line of a console.</summary>
    public static string Shown(string text, int length = 40)
    {
        var start = text.Length <= length ? text : text[..length] + "…";
        return string.Concat(start.Select(c => c == '\t' ? "\\t" : char.IsControl(c) ? "·" : c.ToString()));
    }
}
