using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Exchanges.Replay;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.ExchangeSim.Play;

/// <summary>Brings the data's products and the described ones together.</summary>
internal static class ProductList
{
    /// <summary>The products of a venue.</summary>
    /// <param name="catalog">The data; a product that is not described gets its price increment from it, and the finest
    /// quantity increment, because what happened to trade says little of what could.</param>
    /// <param name="described">From <c>--products</c>.</param>
    /// <param name="faults">Takes products whose increments are impossible.</param>
    /// <returns>The products by index.</returns>
    public static PairSetup[] Arrange(
        ReplayCatalog catalog, IReadOnlyList<ProductSpec> described, ICollection<string> faults)
    {
        var specs = new List<(ProductSpec, PairConfig)>();
        foreach (ReplayProduct product in catalog.Products)
        {
            ProductSpec? spec = described.FirstOrDefault(spec => spec.ProductId == product.ProductId);
            if (spec is null)
            {
                int decimals = ProductSpec.UnitDecimals
                    - Math.Max(ProductSpec.DefaultPriceDecimals, (int)product.PriceIncrement.Scale);
                var quantityIncrement = new decimal(1, 0, 0, false, (byte)decimals);
                string[] wrong = [.. ProductSpec.Faults(
                    product.ProductId, product.PriceIncrement, quantityIncrement, 0m, 0m)];
                if (wrong.Length > 0)
                {
                    faults.Add($"--ticks: {product.ProductId}: {wrong[0]}; describe it with --products");
                    continue;
                }

                spec = new ProductSpec(product.ProductId, product.PriceIncrement, quantityIncrement);
            }

            specs.Add((spec, new PairConfig { ProductId = product.ProductId }));
        }

        return PairSetup.Arrange(specs);
    }

    /// <summary>As the venue describes it.</summary>
    /// <param name="spec">Grid and minimum sizes.</param>
    /// <returns>An online product.</returns>
    public static Product AtVenue(ProductSpec spec) => new()
    {
        Id = spec.ProductId,
        BaseCurrency = spec.BaseCurrency,
        QuoteCurrency = spec.QuoteCurrency,
        PriceIncrement = spec.PriceIncrement,
        BaseIncrement = spec.QuantityIncrement,
        QuoteIncrement = spec.PriceIncrement,
        BaseMinSize = spec.MinQuantity > 0 ? spec.MinQuantity : spec.QuantityIncrement,
        QuoteMinSize = spec.MinNotional > 0 ? spec.MinNotional : 1m,
    };
}
