using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.LatencyLab;

/// <summary>
/// The portfolio that is measured: any number of like pairs, limits wide enough that every one of them can be held.
/// </summary>
internal static class LabPortfolio
{
    /// <summary>Starting price of every pair, quote.</summary>
    public const decimal StartPrice = 100m;

    public static PairSetup[] Pairs(int count, decimal minRatchet) => PairSetup.Arrange(
        Enumerable.Range(0, count).Select(i =>
        {
            string id = $"P{i:0000}-USD";
            ProductSpec product = new(
                id, priceIncrement: 0.0001m, quantityIncrement: 0.0001m, minQuantity: 0.0001m, minNotional: 1m);
            PairConfig config = new()
            {
                ProductId = id,
                PositionSizePct = Math.Min(2m, decimal.Floor(50_0000m / count) / 1_0000m),
                TrailPct = 0.05m,
                MinRatchet = minRatchet,
            };
            return (product, config);
        }));

    public static PortfolioConfig Config(int pairs) => new()
    {
        TotalCapital = 1_000_000m,
        MaxPositions = pairs,
        MaxConcurrentEntries = pairs,
        MaxOrdersPerSecond = 1_000_000,
    };
}
