using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>watch</c>: summary, what is held, and what happened last.</summary>
internal static class WatchView
{
    private const int LastHistory = 10;

    /// <summary>Makes the view.</summary>
    /// <param name="database">The database.</param>
    /// <param name="picture">The same state of it.</param>
    /// <param name="modeSinceNs">When the mode last changed, ns UTC; null when it never did.</param>
    public static View Of(PortfolioDatabase database, PortfolioPicture picture, long? modeSinceNs)
    {
        View summary = SummaryView.Of(picture, modeSinceNs);
        IReadOnlyList<HistoryRow> history = database.LatestHistory(LastHistory);
        return new View(
            [
                .. summary.Blocks,
                new LineBlock(
                    "Last events (newest first, times UTC)",
                    history.Count == 0 ? [new Cell("none", Tone.Quiet)] : [.. history.Reverse().Select(Line)]),
            ],
            new { summary = summary.Json, history = history.Select(HistoryView.Json) });
    }

    private static Cell Line(HistoryRow row)
    {
        string price = row.Price is { } known ? $" {Shown.Exact(row.Quantity)} at {Shown.Exact(known)}" : string.Empty;
        string product = row.ProductId is null ? string.Empty : row.ProductId + " ";
        string detail = row.Detail is null ? string.Empty : " " + row.Detail;
        return new Cell(
            $"{Shown.Time(row.TimestampNs)} {product}{Shown.Name(row.Action)}{price}{detail}",
            HistoryView.ToneOf(row.Action));
    }
}
