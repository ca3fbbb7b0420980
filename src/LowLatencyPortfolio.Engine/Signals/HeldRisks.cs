using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The positions as far as their risk goes, by pair.</summary>
internal static class HeldRisks
{
    /// <summary>As the board shows them.</summary>
    public static HeldRisk[] Of(PortfolioSnapshot snapshot, IReadOnlyList<PairSetup> pairs)
    {
        HeldRisk[] held = new HeldRisk[pairs.Count];
        for (int i = 0; i < held.Length; i++)
        {
            PairFigures figures = snapshot.Pairs[i];
            ProductSpec product = pairs[i].Product;
            held[i] = new HeldRisk(
                product.QuantityOf(figures.Held), product.PriceOf(figures.Mark),
                product.QuantityOf(figures.Covered), figures.StopValue);
        }

        return held;
    }

    /// <summary>As the stages have them at quiescence.</summary>
    public static HeldRisk[] Of(IReadOnlyList<PairReading> pairs) => [.. pairs.Select(pair => pair.Risk)];
}
