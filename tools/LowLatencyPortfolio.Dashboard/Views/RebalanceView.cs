using System.Globalization;
using LowLatencyPortfolio.Dashboard.Rendering;
using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Host.Configuration;
using LowLatencyPortfolio.Persistence;
using LowLatencyPortfolio.Pipeline;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>
/// <c>rebalance</c>: what the engine was told to do, what would bring drifted positions back to their targets by its
/// strategy, and what the engine did last where orders are switched on. The view itself sends nothing.
/// </summary>
internal static class RebalanceView
{
    private const int LastRows = 10;

    private static readonly HistoryAction[] Actions =
    [
        HistoryAction.RebalanceStarted, HistoryAction.RebalanceRefused, HistoryAction.RebalanceSelling,
        HistoryAction.RebalanceEnded,
    ];

    /// <summary>What is stored last that a rebalance is about: its rows, and what was measured of pairs.</summary>
    public static RebalanceLast LastOf(PortfolioDatabase database) => database.AtOnce(static read => new RebalanceLast(
        [
            .. Actions.SelectMany(action => read.LatestHistory(LastRows, productId: null, action))
                .OrderBy(row => row.Id)
                .TakeLast(LastRows),
        ],
        read.Correlations()));

    /// <summary>Makes the view.</summary>
    /// <param name="picture">The portfolio.</param>
    /// <param name="last">What was ordered last, and what was measured.</param>
    public static View Of(PortfolioPicture picture, RebalanceLast last)
    {
        RebalanceAdvice advice = RebalanceAdvice.Of(picture, last.Correlations);
        string currency = picture.Portfolio.QuoteCurrency;
        return new View(
            [
                new LineBlock(null, [new Cell(Told(picture.Rebalance))]),
                new TableBlock(
                    $"Recommendations by {advice.By} (nothing is sent)",
                    ["Product", "Do", ">Quantity", $">Value {currency}", ">Weight", ">Target", ">Drift"],
                    [.. advice.Actions.Select(action => Row(action, picture))], Total: null,
                    Empty: advice.Nothing(picture.Pairs.Any(pair => pair.Open is not null))),
                .. BuyingBlocks(picture),
                new LineBlock(
                    null, [.. advice.Notes.Select(note => new Cell(note, Tone.Quiet)), AsOf.Line(picture)]),
                .. DoneBlocks(picture, last.Rows),
            ],
            new
            {
                at = Shown.Iso(picture.AtNs),
                pricesAt = Shown.Iso(picture.PricesKnownAtNs),
                quoteCurrency = currency,
                equity = picture.Metrics.Equity,
                rebalanceThresholdPct = advice.ThresholdPct,
                recommendedBy = advice.Method,
                costsLeftOut = advice.HasBand,
                settings = picture.Rebalance is { } settings ? Json(settings) : null,
                buying = picture.Pairs.Where(pair => pair.Buying > 0m)
                    .Select(pair => new { productId = pair.Product.ProductId, quantity = pair.Buying }),
                actions = advice.Actions.Select(action => new
                {
                    productId = action.ProductId,
                    kind = action.Kind,
                    quantity = action.Quantity,
                    value = ValueOf(action, picture),
                    weightPct = action.WeightPct,
                    targetPct = action.TargetPct,
                    driftPct = action.DriftPct,
                }),
                lastOrders = last.Rows.Select(HistoryView.Json),
            });
    }

    // As the configuration's section has it; what an older program did not store is null.
    private static object Json(RebalanceRow settings)
    {
        RebalanceStrategy? strategy = settings.HasStrategy ? settings.Strategy : null;
        return new
        {
            method = RebalanceSection.NameOf(settings.Strategy.Method),
            orders = settings.Orders,
            intervalMinutes = settings.IntervalMinutes,
            cooldownIntervals = settings.CooldownIntervals,
            thresholdPct = strategy?.ThresholdPct,
            calendarHours = strategy?.CalendarHours,
            totalWeightPct = strategy?.TotalWeightPct,
            riskAversion = strategy?.RiskAversion,
            horizonDays = strategy?.HorizonDays,
            slippageBps = strategy?.SlippageBps,
        };
    }

    private static string Told(RebalanceRow? settings) => settings switch
    {
        null => "Whether the engine rebalances by orders is not stored; the next start stores it",
        { Orders: false } => "The engine sends nothing for a rebalance: rebalance.orders is off",
        _ => $"The engine rebalances by orders: {RebalanceSection.NameOf(settings.Strategy.Method)}, looked at every "
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
