using System.Globalization;
using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Exchanges.Replay;

/// <summary>Reads one line into a row. Text for a person is made only when a row is bad.</summary>
/// <param name="header">The file's header.</param>
/// <param name="priceDecimals">Decimals of the ring price; the ring quantity has 16 less.</param>
internal sealed class RowParser(CsvHeader header, int priceDecimals)
{
    private readonly int _separators = header.Columns.Length - 1;
    private readonly int _quantityDecimals = ProductSpec.UnitDecimals - priceDecimals;
    private int _faultColumn;
    private int _faultStart;
    private int _faultLength;
    private TextFault _textFault;

    /// <summary>Whether to look how many decimals the numbers have; set while a file is scanned.</summary>
    public bool MeasuresDecimals { get; init; }

    /// <summary>Most decimals of any well-formed price, also of one that is too fine for the unit.</summary>
    public int MostPriceDecimals { get; private set; }

    /// <summary>Most decimals of any quantity that fits the unit.</summary>
    public int MostQuantityDecimals { get; private set; }

    private string Column => header.Columns[_faultColumn];

    public RowFault Parse(ReadOnlySpan<byte> line, ref ReplayRow row)
    {
        if (line.Count((byte)',') != _separators)
        {
            return RowFault.ColumnCount;
        }

        int at = 0;
        if (!UtcTimeText.TryParse(Field(line, ref at, 0), out row.TimeNs))
        {
            return RowFault.Time;
        }

        return header.Kind == ReplayKind.Bars ? ParseBar(line, ref at, ref row) : ParseTick(line, ref at, ref row);
    }

    /// <summary>Says what is wrong with the line parsed last.</summary>
    public string Explain(RowFault fault, ReadOnlySpan<byte> line) => fault switch
    {
        RowFault.ColumnCount => string.Create(
            CultureInfo.InvariantCulture,
            $"{line.Count((byte)',') + 1} columns, the header has {header.Columns.Length}"),
        RowFault.Time => $"time \"{Faulty(line)}\" is not UTC such as 2023-12-11T02:10:00Z",
        RowFault.Number => $"{Column} \"{Faulty(line)}\" {DecimalText.Describe(_textFault)}",
        RowFault.NotPositive => $"{Column} {Faulty(line)} must be above 0",
        RowFault.TradeId => $"{Column} \"{Faulty(line)}\" is not a whole number",
        RowFault.LowAboveHigh => "low is above high",
        RowFault.GoesBack => "time goes back",
        RowFault.InsideBarBefore => "starts before the bar before it ends",
        _ => "good",
    };

    private string Faulty(ReadOnlySpan<byte> line) => Quotable.Of(line.Slice(_faultStart, _faultLength));

    private RowFault ParseTick(ReadOnlySpan<byte> line, ref int at, ref ReplayRow row)
    {
        RowFault fault = ParsePrice(line, ref at, 1, out row.Close);
        if (fault == RowFault.None)
        {
            fault = ParseQuantity(line, ref at, 2, out row.Volume);
        }

        row.TradeKey = 0;
        if (fault != RowFault.None)
        {
            return fault;
        }

        if (row.Volume == 0)
        {
            return RowFault.NotPositive;
        }

        return header.TradeIdColumn < 0 ? RowFault.None : ParseTradeId(line, at, out row.TradeKey);
    }

    private RowFault ParseBar(ReadOnlySpan<byte> line, ref int at, ref ReplayRow row)
    {
        RowFault fault = ParsePrice(line, ref at, 1, out row.Open);
        if (fault == RowFault.None)
        {
            fault = ParsePrice(line, ref at, 2, out row.High);
        }

        if (fault == RowFault.None)
        {
            fault = ParsePrice(line, ref at, 3, out row.Low);
        }

        if (fault == RowFault.None)
        {
            fault = ParsePrice(line, ref at, 4, out row.Close);
        }

        if (fault == RowFault.None)
        {
            fault = ParseQuantity(line, ref at, 5, out row.Volume);
        }

        return fault == RowFault.None && row.Low > row.High ? RowFault.LowAboveHigh : fault;
    }

    private RowFault ParsePrice(ReadOnlySpan<byte> line, ref int at, int column, out long units)
    {
        ReadOnlySpan<byte> text = Field(line, ref at, column);
        _textFault = DecimalText.Parse(text, priceDecimals, out units);
        if (MeasuresDecimals && _textFault is TextFault.None or TextFault.TooManyDecimals)
        {
            MostPriceDecimals = Math.Max(MostPriceDecimals, DecimalText.SignificantDecimals(text));
        }

        if (_textFault != TextFault.None)
        {
            return RowFault.Number;
        }

        return units == 0 ? RowFault.NotPositive : RowFault.None;
    }

    private RowFault ParseQuantity(ReadOnlySpan<byte> line, ref int at, int column, out long units)
    {
        ReadOnlySpan<byte> text = Field(line, ref at, column);
        _textFault = DecimalText.Parse(text, _quantityDecimals, out units);
        if (_textFault != TextFault.None)
        {
            return RowFault.Number;
        }

        if (MeasuresDecimals)
        {
            MostQuantityDecimals = Math.Max(MostQuantityDecimals, DecimalText.SignificantDecimals(text));
        }

        return RowFault.None;
    }

    private RowFault ParseTradeId(ReadOnlySpan<byte> line, int at, out long tradeId)
    {
        for (int column = 3; column < header.TradeIdColumn; column++)
        {
            _ = Field(line, ref at, column);
        }

        ReadOnlySpan<byte> text = Field(line, ref at, header.TradeIdColumn);
        tradeId = 0;
        if (text.IsEmpty)
        {
            return RowFault.None;       // the venue did not say
        }

        return DecimalText.Parse(text, 0, out tradeId) == TextFault.None ? RowFault.None : RowFault.TradeId;
    }

    private ReadOnlySpan<byte> Field(ReadOnlySpan<byte> line, ref int at, int column)
    {
        int length = line[at..].IndexOf((byte)',');
        if (length < 0)
        {
            length = line.Length - at;
        }

        _faultColumn = column;
        _faultStart = at;
        _faultLength = length;
        at = Math.Min(line.Length, at + length + 1);
        return line.Slice(_faultStart, length);
    }
}
