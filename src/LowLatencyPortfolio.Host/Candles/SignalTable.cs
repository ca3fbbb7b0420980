using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Entries;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>Judged candles as rows of a table, written as they come.</summary>
/// <remarks>The columns' widths are fixed, because the longest cell is known only at the end.</remarks>
/// <param name="to">Where to.</param>
/// <param name="widestProduct">Characters of the longest product id.</param>
/// <param name="withFused">Whether the fused model has a column.</param>
internal sealed class SignalTable(TextWriter to, int widestProduct, bool withFused)
{
    /// <summary>Writes the headings.</summary>
    public void WriteHeadings() => Write(
        "time", "product", "close", "RSI", "MACD hist", "VWAP", "votes", "confidence", "fused", "entry");

    /// <summary>Writes one candle.</summary>
    public void Write(in JudgedCandle candle)
    {
        // Averages stand between the prices they are made of, so they get two decimals more.
        int decimals = ProductSpec.DecimalsOf(candle.Product.PriceIncrement) + 2;
        Write(
            UtcTime.Second(candle.Candle.OpenTimeNs),
            candle.Product.ProductId,
            CandleText.Exact(candle.Close),
            Number(candle.Indicators.Rsi, 2),
            Number(candle.Indicators.MacdHistogram, decimals),
            Number(candle.Indicators.SessionVwap, decimals),
            candle.Votes.ToString(),
            candle.Votes.Standing == 0 ? "-" : candle.Votes.Confidence.ToString("0.00", CultureInfo.InvariantCulture),
            Number(candle.RiseProbability, 4),
            candle.Signal is { ShouldEnter: true, LimitPrice: { } limit } ? $"buy at {CandleText.Exact(limit)}" : "-");
    }

    private static string Number(double? value, int decimals) =>
        value?.ToString($"F{decimals}", CultureInfo.InvariantCulture) ?? "-";

    private void Write(params ReadOnlySpan<string> cells) => to.WriteLine(
        $"{cells[0],-20}  {cells[1].PadRight(widestProduct)}  {cells[2],12}  {cells[3],6}  {cells[4],12}  "
        + $"{cells[5],12}  {cells[6],-16}  {cells[7],10}  "
        + (withFused ? $"{cells[8],6}  {cells[9]}" : cells[9]));
}
