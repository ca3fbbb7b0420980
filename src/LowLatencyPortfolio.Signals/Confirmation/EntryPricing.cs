using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Signals;

/// <summary>The limit of a confirmed entry.</summary>
/// <remarks>Thread: any. Pure.</remarks>
public static class EntryPricing
{
    private const decimal BasisPoints = 10_000m;

    /// <summary>Finds the limit that the settings ask for.</summary>
    /// <param name="settings">Which policy, and its distance.</param>
    /// <param name="product">Whose price increment it must be on.</param>
    /// <param name="close">Close of the newest candle, quote per base, above 0.</param>
    /// <param name="atr">Average true range, quote per base, at least 0; null when unknown.</param>
    /// <returns>
    /// Quote per base, on the increment, rounded down; null when there is none: the policy needs an average true range
    /// that is not known yet, or the price falls below one increment.
    /// </returns>
    public static decimal? LimitFor(ConfirmationSettings settings, ProductSpec product, decimal close, double? atr)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(product);
        decimal? price = settings.EntryPrice switch
        {
            EntryPriceMode.BidOffset => close * (1m - (settings.EntryOffsetBps / BasisPoints)),
            EntryPriceMode.AtrFraction => close - (settings.EntryAtrFraction * (decimal?)atr),
            _ => close,
        };
        if (price is not { } exact || exact < product.PriceIncrement)
        {
            return null;
        }

        return product.RoundPriceDown(exact);
    }
}
