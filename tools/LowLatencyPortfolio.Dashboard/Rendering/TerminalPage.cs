using Spectre.Console;

namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>
/// A view on a terminal: colours and rules. A table that is wider than the terminal goes on below itself, its first
/// column repeated, so that no cell is ever broken.
/// </summary>
internal static class TerminalPage
{
    // The border takes a column at either side and one between two cells; the padding makes that two.
    private const int Edges = 2;
    private const int CellPadding = 1;
    private const int Gap = CellPadding + 1;

    /// <summary>Writes the blocks with an empty line between them.</summary>
    /// <param name="console">The terminal; its profile's width counts.</param>
    /// <param name="view">What to show.</param>
    public static void Write(IAnsiConsole console, View view)
    {
        for (int i = 0; i < view.Blocks.Count; i++)
        {
            if (i > 0)
            {
                console.WriteLine();
            }

            Write(console, view.Blocks[i]);
        }
    }

    private static void Write(IAnsiConsole console, Block block)
    {
        if (block.Title is not null)
        {
            console.Write(new Text(block.Title, new Style(decoration: Decoration.Bold)));
            console.WriteLine();
        }

        switch (block)
        {
            case LineBlock lines:
                foreach (Cell line in lines.Lines)
                {
                    console.Write(Shown(line));
                    console.WriteLine();
                }

                break;
            case TableBlock { Rows.Count: 0 } table:
                console.Write(Shown(new Cell(table.Empty, Tone.Quiet)));
                console.WriteLine();
                break;
            case TableBlock table:
                foreach (Table part in Parts(table, console.Profile.Width))
                {
                    console.Write(part);
                }

                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "not a kind of block");
        }
    }

    private static IEnumerable<Table> Parts(TableBlock block, int width)
    {
        int[] widths = [.. block.Headings.Select((heading, column) => block.Rows
            .Append(block.Total ?? [])
            .Where(row => row.Length > 0)
            .Select(row => row[column].Text.Length)
            .Append(heading.TrimStart('>').Length)
            .Max())];
        int next = 1;
        while (next < widths.Length)
        {
            List<int> columns = [0];
            int used = Edges + widths[0];
            while (next < widths.Length
                && (columns.Count == 1 || used + Gap + widths[next] <= width))
            {
                used += Gap + widths[next];
                columns.Add(next++);
            }

            yield return Part(block, columns, widths);
        }
    }

    private static Table Part(TableBlock block, List<int> columns, int[] widths)
    {
        Table table = new() { Border = TableBorder.Horizontal, BorderStyle = new Style(foreground: Color.Grey) };
        foreach (int column in columns)
        {
            bool isLast = column == columns[^1];
            bool isRight = block.Headings[column].StartsWith('>');
            table.AddColumn(new TableColumn(new Text(block.Headings[column].TrimStart('>')))
            {
                Alignment = isRight ? Justify.Right : Justify.Left,
                NoWrap = true,
                Width = widths[column],
                Padding = new Padding(0, 0, isLast ? 0 : CellPadding, 0),
                Footer = block.Total is null ? null : Shown(block.Total[column]),
            });
        }

        foreach (Cell[] row in block.Rows)
        {
            table.AddRow(columns.Select(column => Shown(row[column])));
        }

        return table;
    }

    private static Text Shown(Cell cell) => new(cell.Text, cell.Tone switch
    {
        Tone.Good => new Style(foreground: Color.Green),
        Tone.Bad => new Style(foreground: Color.Red),
        Tone.Quiet => new Style(foreground: Color.Grey),
        _ => Style.Plain,
    });
}
