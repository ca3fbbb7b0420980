using System.Globalization;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Report;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Host.Live;

/// <summary>The words of the line that a terminal shows while a live run goes on.</summary>
internal static class LiveStatus
{
    /// <summary>Makes the line.</summary>
    /// <param name="ticks">Ticks taken so far.</param>
    /// <param name="figures">The portfolio.</param>
    /// <param name="currency">Quote currency.</param>
    /// <param name="badPairs">Pairs whose prices cannot be relied on now.</param>
    /// <param name="pairs">All pairs.</param>
    /// <returns>Such as <c>84,321 ticks  2 positions  equity $10,012.50  feed good</c>.</returns>
    public static string Text(long ticks, in PortfolioFigures figures, string currency, int badPairs, int pairs)
    {
        string feed = badPairs == 0 ? "feed good" : Invariant($"feed down for {badPairs} of {pairs}");
        string positions = figures.ActivePositions == 1
            ? "1 position"
            : Invariant($"{figures.ActivePositions} positions");
        string mode = figures.Mode switch
        {
            TradingMode.Trading => string.Empty,
            TradingMode.ReduceOnly => "  REDUCE_ONLY",
            _ => "  HALTED",
        };
        string equity = Money.Cents(figures.Equity, currency);
        return Invariant($"{ticks:N0} ticks  {positions}  equity {equity}  {feed}{mode}");
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
