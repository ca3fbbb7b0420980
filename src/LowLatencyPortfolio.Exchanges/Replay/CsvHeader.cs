using System.Text;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>The first line of a file: which kind of rows follow, how many columns they have, and where a trade's number
/// stands.</summary>
internal sealed class CsvHeader
{
    private const string TickColumns = "time,price,size";
    private const string BarColumns = "time,open,high,low,close,volume";

    private CsvHeader(ReplayKind kind, string[] columns)
    {
        Kind = kind;
        Columns = columns;
        TradeIdColumn = kind == ReplayKind.Ticks ? Array.IndexOf(columns, "trade_id") : -1;
    }

    public ReplayKind Kind { get; }

    public string[] Columns { get; }

    /// <summary>Column of the venue's trade number; −1 without one.</summary>
    public int TradeIdColumn { get; }

    /// <summary>Columns that prices and the quantity stand in, after the time.</summary>
    public int NumberColumns => Kind == ReplayKind.Ticks ? 2 : 5;

    public static CsvHeader Parse(string path, ReadOnlySpan<byte> line)
    {
        string text = Encoding.Latin1.GetString(line);
        if (Begins(text, TickColumns))
        {
            return new CsvHeader(ReplayKind.Ticks, text.Split(','));
        }

        if (Begins(text, BarColumns))
        {
            return new CsvHeader(ReplayKind.Bars, text.Split(','));
        }

        throw new ReplayDataException(
            $"{path}: line 1: header \"{Quotable.Of(line)}\" is neither "
            + $"{TickColumns} (trades) nor {BarColumns} (bars)");
    }

    private static bool Begins(string text, string columns) =>
        text.StartsWith(columns, StringComparison.Ordinal)
        && (text.Length == columns.Length || text[columns.Length] == ',');
}
