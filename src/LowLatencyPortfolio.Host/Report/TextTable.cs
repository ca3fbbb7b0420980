using System.Text;

namespace LowLatencyPortfolio.Host.Report;

/// <summary>Aligned plain text columns: names to the left, numbers to the right.</summary>
internal sealed class TextTable
{
    /// <summary>Widest line the report wants, columns.</summary>
    public const int MostColumns = 120;

    private readonly string[] _headings;
    private readonly bool[] _right;
    private readonly List<string[]> _rows = [];

    /// <summary>Starts a table.</summary>
    /// <param name="headings">One a column; a heading that starts with <c>&gt;</c> makes its column align
    /// right.</param>
    public TextTable(params string[] headings)
    {
        _right = [.. headings.Select(heading => heading.StartsWith('>'))];
        _headings = [.. headings.Select(heading => heading.TrimStart('>'))];
    }

    /// <summary>Adds a row; it has as many cells as there are headings.</summary>
    public void Add(params string[] cells) => _rows.Add(cells);

    /// <summary>Writes headings and rows, indented by two.</summary>
    /// <param name="to">Where to.</param>
    public void Write(TextWriter to)
    {
        int[] widths =
            [.. _headings.Select((heading, i) => _rows.Select(row => row[i].Length).Append(heading.Length).Max())];

        // Two blanks between columns; one when that would pass the widest line.
        int gap = 2 + widths.Sum() + (2 * (widths.Length - 1)) <= MostColumns ? 2 : 1;
        foreach (string[] row in _rows.Prepend(_headings))
        {
            to.WriteLine(Line(row, widths, gap));
        }
    }

    private string Line(string[] cells, int[] widths, int gap)
    {
        StringBuilder line = new("  ");
        for (int i = 0; i < cells.Length; i++)
        {
            line.Append(' ', i == 0 ? 0 : gap);
            line.Append(_right[i] ? cells[i].PadLeft(widths[i]) : cells[i].PadRight(widths[i]));
        }

        return line.ToString().TrimEnd();
    }
}
