using System.Globalization;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>
/// <c>rebalance</c>: what the engine was told to do, what would bring drifted positions back to their targets by the
/// plain threshold, and what the engine did last where orders are switched on. The view itself sends nothing.
/// </summary>
internal static class RebalanceView
{
    private const int LastRows = 10;

    private static readonly HistoryAction[] Actions =
    [
        HistoryAction.RebalanceStarted, HistoryAction.RebalanceRefused, HistoryAction.RebalanceSelling,
        HistoryAction.RebalanceEnded,
    ];

    /// <summary>The newest rows about rebalances that were ordered, oldest first.</summary>
    public static IReadOnlyList<HistoryRow> LastOf(PortfolioDatabase database) =>
    [
        .. Actions.SelectMany(action => database.LatestHistory(LastRows, productId: null, action))
            .OrderBy(row => row.Id)
            .TakeLast(LastRows),
    ];

    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="done">What was ordered last; empty where orders are off.</param>
    public static View Of(PortfolioPicture picture, IReadOnlyList<HistoryRow> done)
    {
        IReadOnlyList<RebalanceAction> actions = picture.Book.GetRebalanceActions();
        string currency = picture.Portfolio.QuoteCurrency;
        decimal threshold = picture.Limits.Portfolio.RebalanceThresholdPct;
        int open = picture.Pairs.Count(pair => pair.Open is not null);
        return new View(
            [
                new LineBlock(null, [new Cell(Told(picture.Rebalance))]),
                new TableBlock(
                    "Recommendations (nothing is sent)",
                    ["Product", "Do", ">Quantity", $">Value {currency}", ">Weight", ">Target", ">Drift"],
                    [.. actions.Select(action => Row(action, picture))], Total: null,
                    Empty: open == 0
                        ? "none: no position is open"
                        : $"none: every weight is within {Shown.Percent(threshold)} of its target and below its limit"),
                .. BuyingBlocks(picture),
                new LineBlock(
                    null,
                    [
                        new Cell(
                            "Weight: of equity; target: positionSizePct; drift: of target, beyond "
                            + Shown.Percent(threshold),
                            Tone.Quiet),
                        AsOf.Line(picture),
                    ]),
                .. DoneBlocks(picture, done),
            ],
            new
            {
                at = Shown.Iso(picture.AtNs),
                pricesAt = Shown.Iso(picture.PricesKnownAtNs),
                quoteCurrency = currency,
                equity = picture.Metrics.Equity,
                rebalanceThresholdPct = threshold,
                settings = picture.Rebalance is not { } settings ? null : new
                {
                    method = settings.Method,
                    orders = settings.Orders,
                    intervalMinutes = settings.IntervalMinutes,
                    cooldownIntervals = settings.CooldownIntervals,
                },
                buying = picture.Pairs.Where(pair => pair.Buying > 0m)
                    .Select(pair => new { productId = pair.Product.ProductId, quantity = pair.Buying }),
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
                lastOrders = done.Select(HistoryView.Json),
            });
    }

    private static string Told(RebalanceRow? settings) => settings switch
    {
        null => "Whether the engine rebalances by orders is not stored; the next start stores it",
        { Orders: false } => "The engine sends nothing for a rebalance: rebalance.orders is off",
        _ => $"The engine rebalances by orders: {Shown.Name(settings.Method)}, looked at every "
            + string.Create(
                CultureInfo.InvariantCulture,
                $"{settings.IntervalMinutes} min, a pair then left alone for {settings.CooldownIntervals} of them"),
    };

    private static IEnumerable<Block> BuyingBlocks(PortfolioPicture picture)
    {
        string[] buying =
        [
            .. picture.Pairs.Where(pair => pair.Buying > 0m)
                .Select(pair => $"{pair.Product.ProductId} {Shown.Exact(pair.Buying)}"),
        ];
        if (buying.Length > 0)
        {
            yield return new LineBlock(
                null, [new Cell($"Being bought, and not recommended again: {string.Join(", ", buying)}")]);
        }
    }

    private static IEnumerable<Block> DoneBlocks(PortfolioPicture picture, IReadOnlyList<HistoryRow> done)
    {
        if (done.Count > 0)
        {
            Dictionary<string, ProductSpec> products = picture.Pairs.ToDictionary(
                pair => pair.Product.ProductId, pair => pair.Product, StringComparer.Ordinal);
            yield return HistoryView.Table($"Ordered last: {done.Count} (times UTC)", products, done);
        }
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
