using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>A closed candle as indicators reckon with it: in binary floating point, which no money may be.</summary>
/// <param name="OpenTimeNs">Where its interval begins, ns since the Unix epoch, UTC.</param>
/// <param name="High">Highest price, quote per base, above 0.</param>
/// <param name="Low">Lowest price, quote per base, above 0.</param>
/// <param name="Close">Last price, quote per base, above 0.</param>
/// <param name="Volume">Traded, base, at least 0.</param>
/// <remarks>Thread: immutable.</remarks>
public readonly record struct CandleValues(long OpenTimeNs, double High, double Low, double Close, double Volume)
{
    private const long NsPerDay = 86_400_000_000_000;

    /// <summary>Mean of high, low and close: the price that stands for the candle in a volume-weighted average.</summary>
    public double TypicalPrice => (High + Low + Close) / 3;

    /// <summary>The UTC day it begins in, days since 1970-01-01.</summary>
    public long UtcDay => OpenTimeNs / NsPerDay;

    /// <summary>The same candle in floating point.</summary>
    /// <param name="candle">In ring units of the product.</param>
    /// <param name="product">Whose candle it is.</param>
    /// <returns>Each number the nearest to the exact one, as long as that has no more than 15 digits.</returns>
    public static CandleValues Of(in Candle candle, ProductSpec product)
    {
        ArgumentNullException.ThrowIfNull(product);
        double prices = (double)product.PriceScale;
        return new CandleValues(
            candle.OpenTimeNs,
            candle.High / prices,
            candle.Low / prices,
            candle.Close / prices,
            (double)candle.Volume / (double)product.QuantityScale);
    }
}
