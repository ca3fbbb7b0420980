using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Coinbase;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>Makes the pairs of a live run: the configuration's, on the grids that it names or the venue does.</summary>
internal static class VenueProducts
{
    /// <summary>Brings pairs and grids together.</summary>
    /// <param name="configuration">Its <c>products</c> come before the venue's.</param>
    /// <param name="listings">What the venue says of the pairs; may lack those that are configured.</param>
    /// <param name="faults">Takes pairs that nobody knows, and grids that the ring cannot say.</param>
    /// <param name="notes">Takes pairs that cannot be traded at present.</param>
    /// <returns>The pairs by index; those with a fault are left out.</returns>
    public static PairSetup[] Resolve(
        RunConfiguration configuration, IReadOnlyList<CoinbaseListing> listings, FaultLines faults,
        ICollection<string> notes)
    {
        Dictionary<string, CoinbaseProduct> known = listings
            .Select(listing => listing.Product)
            .DistinctBy(product => product.ProductId)
            .ToDictionary(product => product.ProductId, StringComparer.Ordinal);
        List<(ProductSpec, PairConfig)> pairs = [];
        foreach (PairConfig pair in configuration.Pairs)
        {
            CoinbaseProduct? listed = known.GetValueOrDefault(pair.ProductId);
            ProductSpec? product = configuration.Products.FirstOrDefault(p => p.ProductId == pair.ProductId)
                ?? (listed is null ? Unknown(pair.ProductId, faults) : Described(listed, faults));
            if (product is not null)
            {
                pairs.Add((product, pair));
            }

            if (listed is { TakesNewOrders: false })
            {
                notes.Add($"{pair.ProductId}: the venue takes no new orders of it at present");
            }
        }

        return PairSetup.Arrange(pairs);
    }

    private static ProductSpec? Unknown(string productId, FaultLines faults)
    {
        faults.Add("pairs", $"{productId}: the venue does not know it; list it under products if you know better");
        return null;
    }

    private static ProductSpec? Described(CoinbaseProduct p, FaultLines faults)
    {
        string[] wrong = [.. ProductSpec.Faults(
            p.ProductId, p.PriceIncrement, p.BaseIncrement, p.BaseMinSize, p.QuoteMinSize)];
        foreach (string fault in wrong)
        {
            faults.Add(p.ProductId, $"{fault}; said by the venue, list it under products to say otherwise");
        }

        return wrong.Length > 0
            ? null
            : new ProductSpec(p.ProductId, p.PriceIncrement, p.BaseIncrement, p.BaseMinSize, p.QuoteMinSize);
    }
}
