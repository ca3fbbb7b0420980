using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Engine;

/// <summary>The newest prices of a pipeline and what they make of equity, as rows.</summary>
internal static class NewestValuation
{
    /// <summary>Of every pair that has a price; at quiescence.</summary>
    public static ReaderRows Of(TradingPipeline pipeline, long knownAtNs)
    {
        MarkRow[] marks =
        [
            .. pipeline.ReadPairs()
                .Where(pair => pair.Mark > 0m)
                .Select(pair => new MarkRow(pair.ProductId, pair.Mark, knownAtNs)),
        ];
        return new ReaderRows { Marks = marks, Equity = RowOf(pipeline.ReadEquityBases(), knownAtNs) };
    }

    /// <summary>Of every pair that is held.</summary>
    public static ReaderRows Of(PortfolioSnapshot snapshot, ReadOnlySpan<PairSetup> pairs)
    {
        long knownAtNs = snapshot.Portfolio.AtNs;
        List<MarkRow> marks = [];
        for (int i = 0; i < pairs.Length; i++)
        {
            PairFigures figures = snapshot.Pairs[i];
            if (figures is { Held: > 0, Mark: > 0 })
            {
                decimal price = pairs[i].Product.PriceOf(figures.Mark);
                marks.Add(new MarkRow(pairs[i].ProductId, price, knownAtNs));
            }
        }

        return new ReaderRows
        {
            Marks = marks, Equity = RowOf(snapshot.Portfolio.Bases, knownAtNs),
            BreakerBase = snapshot.Portfolio.BreakerBase,
        };
    }

    // Before the first event there is no day.
    private static EquityRow? RowOf(EquityBases bases, long knownAtNs) =>
        bases.DayFirst > 0m ? new EquityRow(bases, knownAtNs) : null;
}
