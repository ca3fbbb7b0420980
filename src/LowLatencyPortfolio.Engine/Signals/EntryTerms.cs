using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Signals;

namespace LowLatencyPortfolio.Engine;

/// <summary>A signal's limit and quantity in the ring's units of its product.</summary>
internal static class EntryTerms
{
    /// <summary>
    /// Brings a signal into the ring's units. What cannot be said in them breaks the same limit it would break at the
    /// gate.
    /// </summary>
    /// <param name="entry">What the generator said.</param>
    /// <param name="product">Its product.</param>
    /// <param name="limit">The limit; 0 buys at the market.</param>
    /// <param name="quantity">The quantity; 0 takes the pair's configured size.</param>
    /// <returns><see cref="RiskVerdict.Approved"/> when it can be said.</returns>
    public static RiskVerdict Read(EntrySignal entry, ProductSpec product, out long limit, out long quantity)
    {
        limit = 0;
        quantity = 0;
        if (entry.LimitPrice <= 0m)
        {
            return RiskVerdict.LimitOutsideCollar;
        }

        if (entry.Quantity <= 0m)
        {
            return RiskVerdict.QuantityBelowMinimum;
        }

        bool isOnUnit = product.TryPriceUnits(entry.LimitPrice ?? 0m, out limit)
            && product.TryQuantityUnits(entry.Quantity ?? 0m, out quantity);
        return isOnUnit ? RiskVerdict.Approved : RiskVerdict.OffIncrement;
    }
}
