using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>A closed candle in decimals: what a <see cref="Candle"/> says, exactly.</summary>
/// <param name="OpenTime">Where its interval begins, UTC.</param>
/// <param name="Interval">Length of the interval.</param>
/// <param name="Open">First price, quote per base.</param>
/// <param name="High">Highest price, quote per base.</param>
/// <param name="Low">Lowest price, quote per base.</param>
/// <param name="Close">Last price, quote per base.</param>
/// <param name="Volume">Traded, base.</param>
/// <remarks>Thread: immutable.</remarks>
public readonly record struct MarketCandle(
    DateTimeOffset OpenTime,
    TimeSpan Interval,
    decimal Open,
    decimal High,
    decimal Low,
    decimal Close,
    decimal Volume)
{
    private const long NsPerTick = 100;

    /// <summary>Where its interval ends, UTC; it was closed then or later.</summary>
    public DateTimeOffset CloseTime => OpenTime + Interval;

    /// <summary>The same candle in decimals.</summary>
    /// <param name="candle">In ring units of the product.</param>
    /// <param name="product">Whose candle it is.</param>
    /// <param name="intervalNs">Length of a candle, ns.</param>
    /// <returns>Equal to the last digit.</returns>
    /// <exception cref="OverflowException">The volume is above 7.9 × 10²⁸ ring units, which no market trades.</exception>
    public static MarketCandle Of(in Candle candle, ProductSpec product, long intervalNs)
    {
        ArgumentNullException.ThrowIfNull(product);
        return new MarketCandle(
            DateTimeOffset.UnixEpoch.AddTicks(candle.OpenTimeNs / NsPerTick),
            TimeSpan.FromTicks(intervalNs / NsPerTick),
            product.PriceOf(candle.Open),
            product.PriceOf(candle.High),
            product.PriceOf(candle.Low),
            product.PriceOf(candle.Close),
            VolumeOf(candle.Volume, product.QuantityDecimals));
    }

    private static decimal VolumeOf(Int128 units, int decimals)
    {
        const int MostBits = 96;
        if (units < 0 || units >>> MostBits != 0)
        {
            throw new OverflowException($"a volume of {units} ring units has no exact decimal");
        }

        ulong low = (ulong)units;
        return new decimal((int)low, (int)(low >> 32), (int)(units >>> 64), isNegative: false, (byte)decimals);
    }
}
