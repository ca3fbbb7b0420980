using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary><c>rebalance</c>: what would bring drifted positions back to their targets; nothing is sent.</summary>
internal static class RebalanceView
{
    /// <summary>Makes the view.</summary>
    public static View Of(PortfolioPicture picture)
    {
        IReadOnlyList<RebalanceAction> actions = picture.Book.GetRebalanceActions();
        string currency = picture.Portfolio.QuoteCurrency;
        decimal threshold = picture.Limits.Portfolio.RebalanceThresholdPct;
        int open = picture.Pairs.Count(pair => pair.Open is not null);
        return new View(
            [
                new TableBlock(
                    "Recommendations (nothing is sent)",
                    ["Product", "Do", ">Quantity", $">Value {currency}", ">Weight", ">Target", ">Drift"],
                    [.. actions.Select(action => Row(action, picture))], Total: null,
                    Empty: open == 0
                        ? "none: no position is open"
                        : $"none: every weight is within {Shown.Percent(threshold)} of its target and below its limit"),
                new LineBlock(
                    null,
                    [
                        new Cell(
                            "Weight: of equity; target: positionSizePct; drift: of target, beyond "
                            + Shown.Percent(threshold),
                            Tone.Quiet),
                        AsOf.Line(picture),
                    ]),
            ],
            new
            {
                at = Shown.Iso(picture.AtNs),
                pricesAt = Shown.Iso(picture.PricesKnownAtNs),
                quoteCurrency = currency,
                equity = picture.Metrics.Equity,
                rebalanceThresholdPct = threshold,
                actions = actions.Select(action => new
                {
                    productId = action.ProductId,
                    kind = action.Kind,
                    quantity = action.Quantity,
                    value = ValueOf(action, picture),
                    weightPct = action.WeightPct,
                    targetPct = action.TargetPct,
                    driftPct = action.DriftPct,
                }),
            });
    }

    private static decimal ValueOf(RebalanceAction action, PortfolioPicture picture) =>
        action.Quantity * picture.Book.Mark(picture.Book.IndexOf(action.ProductId));

    private static Cell[] Row(RebalanceAction action, PortfolioPicture picture) =>
    [
        action.ProductId,
        Shown.Name(action.Kind),
        Shown.Exact(action.Quantity),
        Shown.Amount(ValueOf(action, picture)),
        Shown.Percent(action.WeightPct),
        Shown.Percent(action.TargetPct),
        Cell.SignedPercent(action.DriftPct),
    ];
}
