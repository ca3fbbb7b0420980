using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Exchanges.Coinbase;

/// <summary>Brings the venue's decimals into ring units and fills into prices.</summary>
internal sealed class FillPricing(IReadOnlyList<PairSetup> pairs)
{
    /// <summary>Average price of a fill, ring units, rounded to the nearest, half to even.</summary>
    /// <param name="product">Index of the pair.</param>
    /// <param name="value">Quote value, above 0.</param>
    /// <param name="quantity">Ring units, above 0.</param>
    /// <returns>The price, at least 0; <see cref="long.MaxValue"/> for one that does not fit.</returns>
    public long PriceOf(int product, decimal value, long quantity)
    {
        ProductSpec spec = pairs[product].Product;
        try
        {
            return decimal.ToInt64(decimal.Round(value / spec.QuantityOf(quantity) * spec.PriceScale));
        }
        catch (OverflowException)
        {
            return long.MaxValue;
        }
    }
}
