using LowLatencyPortfolio.Domain;

namespace LowLatencyPortfolio.Pipeline;

/// <summary>One pair as the pipeline knows it: its index in the ring, its product and its configuration.</summary>
/// <param name="Index">Position in the ordinal order of product ids, from 0; the <c>Product</c> of its events.</param>
/// <param name="Product">Grid and minimum sizes.</param>
/// <param name="Config">Trading and protection.</param>
public sealed record PairSetup(int Index, ProductSpec Product, PairConfig Config)
{
    /// <summary>The venue's name of the product.</summary>
    public string ProductId => Product.ProductId;

    /// <summary>
    /// Numbers pairs in the ordinal order of their product ids, which is the order of events at equal times.
    /// </summary>
    /// <param name="pairs">Products with their configuration, in any order, each product once.</param>
    /// <returns>The pairs by index.</returns>
    /// <exception cref="ArgumentException">A product stands twice, or its configuration names another
    /// product.</exception>
    public static PairSetup[] Arrange(IEnumerable<(ProductSpec Product, PairConfig Config)> pairs)
    {
        PairSetup[] arranged = [.. pairs
            .OrderBy(pair => pair.Product.ProductId, StringComparer.Ordinal)
            .Select((pair, index) => new PairSetup(index, pair.Product, pair.Config))];
        for (int i = 0; i < arranged.Length; i++)
        {
            if (arranged[i].Config.ProductId != arranged[i].ProductId)
            {
                throw new ArgumentException(
                    $"pair {arranged[i].ProductId} has the configuration of {arranged[i].Config.ProductId}",
                    nameof(pairs));
            }

            if (i > 0 && arranged[i].ProductId == arranged[i - 1].ProductId)
            {
                throw new ArgumentException($"pair {arranged[i].ProductId} stands twice", nameof(pairs));
            }
        }

        return arranged;
    }
}
