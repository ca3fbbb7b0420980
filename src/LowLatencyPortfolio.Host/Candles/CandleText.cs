using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Entries;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Host.Candles;

/// <summary>Candles as text, in the form of the files that bars are read from.</summary>
internal static class CandleText
{
    /// <summary>The heading of a file of bars.</summary>
    public const string Heading = "time,open,high,low,close,volume";

    /// <summary>One row: time of the begin, exact decimals.</summary>
    public static string Row(in Candle candle, ProductSpec product, long intervalNs)
    {
        MarketCandle exact = MarketCandle.Of(in candle, product, intervalNs);
        return $"{UtcTime.Second(candle.OpenTimeNs)},{Exact(exact.Open)},{Exact(exact.High)},{Exact(exact.Low)},"
            + $"{Exact(exact.Close)},{Exact(exact.Volume)}";
    }

    /// <summary>A number with all its digits and at least one decimal: <c>37790.0</c>, as such files have it.</summary>
    public static string Exact(decimal value) =>
        value.ToString("0.0###########################", CultureInfo.InvariantCulture);
}
