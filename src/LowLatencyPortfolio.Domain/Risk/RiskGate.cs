namespace LowLatencyPortfolio.Domain;

/// <summary>
/// The limits of an order as straight lists of checks: the first broken one is the answer; equal passes.
/// </summary>
/// <remarks>Thread: any. Allocation: none. Pure. Source: SPEC 8 and 9.</remarks>
public static class RiskGate
{
    /// <summary>Reviews an entry against every limit.</summary>
    /// <param name="f">The facts, all of them filled.</param>
    /// <returns><see cref="RiskVerdict.Approved"/>, or the first broken limit in the order of
    /// <see cref="RiskVerdict"/>.</returns>
    public static RiskVerdict ReviewEntry(in EntryFacts f)
    {
        RiskVerdict verdict = ReviewPermission(in f);
        if (verdict == RiskVerdict.Approved)
        {
            verdict = ReviewIntent(in f);
        }

        if (verdict == RiskVerdict.Approved)
        {
            verdict = ReviewSize(in f);
        }

        return verdict == RiskVerdict.Approved ? ReviewPortfolio(in f) : verdict;
    }

    /// <summary>
    /// Reviews an entry once more when its intent is on the disk; its reservation was kept, so sizes are not looked at.
    /// </summary>
    /// <param name="f">Mode, product flags, exiting, price, age, limit and collar must be filled.</param>
    /// <returns><see cref="RiskVerdict.Approved"/>, or what changed meanwhile. A tripped breaker shows as its
    /// mode.</returns>
    public static RiskVerdict ReviewAgain(in EntryFacts f)
    {
        if (f.Mode != TradingMode.Trading) return RiskVerdict.TradingModeForbids;
        if (!f.ProductTradable) return RiskVerdict.ProductNotTradable;
        if (!f.ProductAllowed) return RiskVerdict.ProductNotAllowed;
        if (f.PairExiting) return RiskVerdict.PairExiting;  // a liquidation cancels entries; this is the last moment
        if (!f.HasPrice) return RiskVerdict.PriceMissing;
        if (f.PriceAgeNs > f.MaxPriceAgeNs) return RiskVerdict.PriceStale;
        return OutsideCollar(in f) ? RiskVerdict.LimitOutsideCollar : RiskVerdict.Approved;
    }

    /// <summary>
    /// Reviews whether a part of a position may be sold: it protects nothing, so a missing input refuses it.
    /// </summary>
    /// <param name="f">The facts about mode, product, pair, price and journal must be filled.</param>
    /// <returns><see cref="RiskVerdict.Approved"/>, or the first broken limit. The sell itself is reviewed by
    /// <see cref="ReviewExit"/>.</returns>
    public static RiskVerdict ReviewReduction(in EntryFacts f) =>
        f.Mode == TradingMode.Halted ? RiskVerdict.TradingModeForbids : ReviewCircumstances(in f);

    /// <summary>Reviews a sell: a stop, an exit or a reduction.</summary>
    /// <param name="f">The facts, all of them filled.</param>
    /// <returns><see cref="RiskVerdict.Approved"/>, or the first broken of the only three limits a sell has.</returns>
    public static RiskVerdict ReviewExit(in ExitFacts f)
    {
        if (f.CrossesOwnOrder) return RiskVerdict.CrossesOwnOrder;
        if (!f.OrderBudget) return RiskVerdict.OrderRateExceeded;
        Int128 selling = (Int128)f.Quantity + f.LiveSells + f.UnknownSells;     // 64 bits could wrap around
        return selling > f.Held ? RiskVerdict.SellExceedsPosition : RiskVerdict.Approved;
    }

    /// <summary>
    /// Highest limit price that an entry may have; a market order is reviewed as a limit order at this price.
    /// </summary>
    /// <param name="lastPrice">Quote per base, above 0.</param>
    /// <param name="entryCollarPct">Percent.</param>
    /// <returns>Quote per base, not rounded to the increment.</returns>
    public static decimal CollarCeiling(decimal lastPrice, decimal entryCollarPct) =>
        lastPrice * (1m + entryCollarPct / 100m);

    /// <summary>Lowest limit price that an entry may have.</summary>
    /// <param name="lastPrice">Quote per base, above 0.</param>
    /// <param name="entryCollarPct">Percent.</param>
    /// <returns>Quote per base, not rounded to the increment.</returns>
    public static decimal CollarFloor(decimal lastPrice, decimal entryCollarPct) =>
        lastPrice * (1m - entryCollarPct / 100m);

    private static RiskVerdict ReviewPermission(in EntryFacts f)
    {
        if (f.Mode != TradingMode.Trading) return RiskVerdict.TradingModeForbids;
        return f.PairEnabled ? ReviewCircumstances(in f) : RiskVerdict.PairDisabled;
    }

    private static RiskVerdict ReviewCircumstances(in EntryFacts f)
    {
        if (!f.ProductTradable) return RiskVerdict.ProductNotTradable;
        if (!f.ProductAllowed) return RiskVerdict.ProductNotAllowed;
        if (!f.Reconciled) return RiskVerdict.NotReconciled;
        if (f.PairHasUnknown) return RiskVerdict.PairHasUnknownOrder;
        if (f.PairExiting) return RiskVerdict.PairExiting;
        if (!f.HasPrice) return RiskVerdict.PriceMissing;
        if (f.PriceAgeNs > f.MaxPriceAgeNs) return RiskVerdict.PriceStale;
        if (f.ClockSkew) return RiskVerdict.ClockSkew;
        if (f.JournalLag) return RiskVerdict.JournalLag;
        return f.JournalFailed ? RiskVerdict.JournalFailed : RiskVerdict.Approved;
    }

    private static RiskVerdict ReviewIntent(in EntryFacts f)
    {
        if (f.Duplicate) return RiskVerdict.DuplicateIntent;
        if (f.EntriesInHour >= f.MaxEntriesPerHour) return RiskVerdict.TooManyEntriesPerHour;
        if (OutsideCollar(in f)) return RiskVerdict.LimitOutsideCollar;
        return f.StopPlaceable ? RiskVerdict.Approved : RiskVerdict.StopNotPlaceable;
    }

    private static RiskVerdict ReviewSize(in EntryFacts f)
    {
        if (f.Quantity <= 0m || f.Quantity < f.MinQuantity) return RiskVerdict.QuantityBelowMinimum;
        if (f.Notional < f.MinNotional) return RiskVerdict.NotionalBelowMinimum;
        if (!f.OnIncrement) return RiskVerdict.OffIncrement;
        return f.Notional > f.MaxOrderNotional ? RiskVerdict.OrderNotionalAboveLimit : RiskVerdict.Approved;
    }

    private static RiskVerdict ReviewPortfolio(in EntryFacts f)
    {
        RiskVerdict verdict = ReviewPortfolioLimits(in f);
        if (verdict != RiskVerdict.Approved) return verdict;
        if (f.CrossesOwnOrder) return RiskVerdict.CrossesOwnOrder;
        return f.OrderBudget ? RiskVerdict.Approved : RiskVerdict.OrderRateExceeded;
    }

    /// <summary>
    /// Only the limits of the whole portfolio: size, count, group, top N, available capital, measured group.
    /// </summary>
    internal static RiskVerdict ReviewPortfolioLimits(in EntryFacts f)
    {
        if (f.ExposureAfter > Share(f.TotalCapital, f.MaxPositionSizePct)) return RiskVerdict.PositionSizeAboveLimit;
        if (f.OpensPosition && f.PositionCount >= f.MaxPositions) return RiskVerdict.PositionCountAboveLimit;
        if (f.GroupExposureAfter > Share(f.TotalCapital, f.MaxCorrelatedExposurePct))
            return RiskVerdict.CorrelatedExposureAboveLimit;
        if (f.MaxTopNConcentrationPct is { } topN && f.TopNExposureAfter > Share(f.TotalCapital, topN))
            return RiskVerdict.TopNConcentrationAboveLimit;
        if (f.Available < f.Notional * (1m + f.TakerFee)) return RiskVerdict.InsufficientCapital;
        return f.MeasuredExposureAfter > Share(f.TotalCapital, f.MaxCorrelatedExposurePct)
            ? RiskVerdict.MeasuredGroupExposureAboveLimit
            : RiskVerdict.Approved;
    }

    private static bool OutsideCollar(in EntryFacts f) =>
        f.LimitPrice > CollarCeiling(f.LastPrice, f.EntryCollarPct)
        || f.LimitPrice < CollarFloor(f.LastPrice, f.EntryCollarPct);

    private static decimal Share(decimal capital, decimal percent) => capital * percent / 100m;
}
