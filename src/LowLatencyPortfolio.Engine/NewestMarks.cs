using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The newest prices of a pipeline as rows for readers beside the engine.</summary>
internal static class NewestMarks
{
    /// <summary>Of every pair that has a price; at quiescence.</summary>
    public static IReadOnlyList<MarkRow> Of(TradingPipeline pipeline, long knownAtNs) =>
        [.. pipeline.ReadPairs()
            .Where(pair => pair.Mark > 0m)
            .Select(pair => new MarkRow(pair.ProductId, pair.Mark, knownAtNs))];

    /// <summary>Of every pair that is held.</summary>
    public static IReadOnlyList<MarkRow> OfHeld(PortfolioSnapshot snapshot, ReadOnlySpan<PairSetup> pairs)
    {
        List<MarkRow> marks = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            PairFigures figures = snapshot.Pairs[i];
            if (figures is { Held: > 0, Mark: > 0 })
            {
                decimal price = pairs[i].Product.PriceOf(figures.Mark);
                marks.Add(new MarkRow(pairs[i].ProductId, price, snapshot.Portfolio.AtNs));
            }
        }

        return marks;
    }
}
