using LowLatencyPortfolio.Host.Report;

namespace LowLatencyPortfolio.Dashboard.Rendering;

/// <summary>A view as plain text for pipes and files: no colours, no borders, the same at every width.</summary>
internal static class PlainPage
{
    /// <summary>Writes the blocks with an empty line between them.</summary>
    public static void Write(TextWriter to, View view)
    {
        for (int i = 0; i < view.Blocks.Count; i++)
        {
            if (i > 0)
            {
                to.WriteLine();
            }

            Write(to, view.Blocks[i]);
        }
    }

    private static void Write(TextWriter to, Block block)
    {
        if (block.Title is not null)
        {
            to.WriteLine(block.Title);
        }

        switch (block)
        {
            case LineBlock lines:
                foreach (Cell line in lines.Lines)
                {
                    to.WriteLine(line.Text);
                }

                break;
            case TableBlock { Rows.Count: 0 } table:
                to.WriteLine($"  {table.Empty}");
                break;
            case TableBlock table:
                WriteTable(to, table);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(block), block, "not a kind of block");
        }
    }

    private static void WriteTable(TextWriter to, TableBlock block)
    {
        TextTable table = new([.. block.Headings]);
        foreach (Cell[] row in block.Total is null ? block.Rows : block.Rows.Append(block.Total))
        {
            table.Add([.. row.Select(cell => cell.Text)]);
        }

        table.Write(to);
    }
}
