using LowLatencyPortfolio.Domain;
using LowLatencyPortfolio.Persistence;

namespace LowLatencyPortfolio.Dashboard.Views;

/// <summary>Every limit of the portfolio with what stands against it.</summary>
internal static class LimitLines
{
    private const long HourNs = 3_600L * 1_000_000_000;

    /// <summary>Gathers them, the whole portfolio's first.</summary>
    public static IEnumerable<LimitLine> Of(PortfolioPicture picture)
    {
        PortfolioConfig limits = picture.Limits.Portfolio;
        PortfolioMetrics metrics = picture.Metrics;
        OrderRow[] entries =
            [.. picture.Orders.Where(order => order.Purpose == OrderPurpose.Entry)];
        yield return Loss(
            nameof(limits.EmergencyLiquidationLossPct), limits.EmergencyLiquidationLossPct,
            picture.Portfolio.BreakerBase, metrics.Equity);
        yield return Loss(
            nameof(limits.DailyLossPct), limits.DailyLossPct, picture.Equity?.Bases.DayFirst, metrics.Equity);
        yield return new LimitLine(
            nameof(limits.TotalCapital), LimitLine.Whole, "quote", metrics.DeployedCapital + metrics.ReservedCapital,
            metrics.TotalCapital + metrics.RealizedPnl);
        yield return new LimitLine(
            nameof(limits.MaxConcurrentEntries), LimitLine.Whole, "count",
            entries.Count(order => order.State is OrderState.Intended or OrderState.Submitted or OrderState.Unknown),
            limits.MaxConcurrentEntries);
        yield return new LimitLine(
            nameof(limits.MaxOrderNotional), LimitLine.Whole, "quote", LargestOrder(picture, entries),
            limits.MaxOrderNotional);
        if (limits.MaxTopNConcentrationPct is null)
        {
            yield return new LimitLine(
                nameof(limits.MaxTopNConcentrationPct), LimitLine.Whole, "quote",
                picture.Book.TopExposure(limits.TopNConcentration, pairWithExtra: -1, extra: 0m), null);
        }

        foreach (LimitLine line in Uses(picture).Concat(EntriesAnHour(picture, entries)))
        {
            yield return line;
        }
    }

    // As the breaker: equity at or below base · (1 + percent) trips, so the loss is what the base has over equity.
    private static LimitLine Loss(string name, decimal percent, decimal? measuredFrom, decimal equity) => new(
        name, LimitLine.Whole, "quote",
        measuredFrom is { } start ? Math.Max(0m, start - equity) : null, measuredFrom * -percent / 100m)
    {
        BreaksWhenReached = true,
    };

    // Pairs and groups without exposure are left out: their headroom is the whole limit.
    private static IEnumerable<LimitLine> Uses(PortfolioPicture picture) => picture.Book.GetRiskLimitUses()
        .Where(use => use.Value > 0m || use.Subject == LimitLine.Whole)
        .OrderByDescending(use => use.Subject == LimitLine.Whole)
        .ThenBy(use => use.Limit)
        .ThenByDescending(use => use.Value)
        .Select(use => new LimitLine(
            NameOf(use.Limit), use.Subject,
            use.Limit == RiskVerdict.PositionCountAboveLimit ? "count" : "quote", use.Value, use.Allowed,
            use.Limit == RiskVerdict.MeasuredGroupExposureAboveLimit));

    private static string NameOf(RiskVerdict limit) => limit switch
    {
        RiskVerdict.PositionSizeAboveLimit => nameof(PortfolioConfig.MaxPositionSizePct),
        RiskVerdict.PositionCountAboveLimit => nameof(PortfolioConfig.MaxPositions),
        RiskVerdict.CorrelatedExposureAboveLimit or RiskVerdict.MeasuredGroupExposureAboveLimit =>
            nameof(PortfolioConfig.MaxCorrelatedExposurePct),
        RiskVerdict.TopNConcentrationAboveLimit => nameof(PortfolioConfig.MaxTopNConcentrationPct),
        RiskVerdict.InsufficientCapital => nameof(PortfolioConfig.TotalCapital),
        _ => limit.ToString(),
    };

    private static IEnumerable<LimitLine> EntriesAnHour(PortfolioPicture picture, OrderRow[] entries)
    {
        Dictionary<string, int> counts = entries
            .Where(order => order.CreatedAtNs > picture.AtNs - HourNs)
            .CountBy(order => order.ProductId)
            .ToDictionary(StringComparer.Ordinal);
        return picture.Pairs
            .Where(pair => counts.ContainsKey(pair.Product.ProductId))
            .Select(pair => new LimitLine(
                nameof(PairConfig.MaxEntriesPerHour), pair.Product.ProductId, "count",
                counts[pair.Product.ProductId], pair.Config.MaxEntriesPerHour));
    }

    private static decimal LargestOrder(PortfolioPicture picture, OrderRow[] entries) => entries
        .Where(order => !OrderTransitions.IsFinal(order.State))
        .Select(order => order.Quantity * (order.Price ?? picture.Book.Mark(picture.Book.IndexOf(order.ProductId))))
        .DefaultIfEmpty()
        .Max();
}
