namespace LowLatencyPortfolio.Domain.Tests.Risk;

internal delegate void Change(ref EntryFacts facts);

/// <summary>An entry that keeps every limit, and the one change that breaks each.</summary>
internal static class Entries
{
    /// <summary>In the order of precedence; every change is independent of the others.</summary>
    public static readonly (RiskVerdict Verdict, Change Break)[] Breaks =
    [
        (RiskVerdict.TradingModeForbids, static (ref f) => f.Mode = TradingMode.ReduceOnly),
        (RiskVerdict.PairDisabled, static (ref f) => f.PairEnabled = false),
        (RiskVerdict.ProductNotTradable, static (ref f) => f.ProductTradable = false),
        (RiskVerdict.ProductNotAllowed, static (ref f) => f.ProductAllowed = false),
        (RiskVerdict.NotReconciled, static (ref f) => f.Reconciled = false),
        (RiskVerdict.PairHasUnknownOrder, static (ref f) => f.PairHasUnknown = true),
        (RiskVerdict.PairExiting, static (ref f) => f.PairExiting = true),
        (RiskVerdict.PriceMissing, static (ref f) => f.HasPrice = false),
        (RiskVerdict.PriceStale, static (ref f) => f.PriceAgeNs = f.MaxPriceAgeNs + 1),
        (RiskVerdict.ClockSkew, static (ref f) => f.ClockSkew = true),
        (RiskVerdict.JournalLag, static (ref f) => f.JournalLag = true),
        (RiskVerdict.JournalFailed, static (ref f) => f.JournalFailed = true),
        (RiskVerdict.DuplicateIntent, static (ref f) => f.Duplicate = true),
        (RiskVerdict.TooManyEntriesPerHour, static (ref f) => f.EntriesInHour = f.MaxEntriesPerHour),
        (RiskVerdict.LimitOutsideCollar, static (ref f) => f.LimitPrice = 102.01m),
        (RiskVerdict.StopNotPlaceable, static (ref f) => f.StopPlaceable = false),
        (RiskVerdict.QuantityBelowMinimum, static (ref f) => f.MinQuantity = f.Quantity + 0.1m),
        (RiskVerdict.NotionalBelowMinimum, static (ref f) => f.MinNotional = f.Notional + 0.1m),
        (RiskVerdict.OffIncrement, static (ref f) => f.OnIncrement = false),
        (RiskVerdict.OrderNotionalAboveLimit, static (ref f) => f.MaxOrderNotional = f.Notional - 0.1m),
        (RiskVerdict.PositionSizeAboveLimit, static (ref f) => f.ExposureAfter = 5_000.01m),
        (RiskVerdict.PositionCountAboveLimit, static (ref f) => f.PositionCount = f.MaxPositions),
        (RiskVerdict.CorrelatedExposureAboveLimit, static (ref f) => f.GroupExposureAfter = 20_000.01m),
        (RiskVerdict.TopNConcentrationAboveLimit, static (ref f) => f.TopNExposureAfter = 30_000.01m),
        (RiskVerdict.InsufficientCapital, static (ref f) => f.Available = 1_011.99m),
        (RiskVerdict.MeasuredGroupExposureAboveLimit, static (ref f) => f.MeasuredExposureAfter = 20_000.01m),
        (RiskVerdict.CrossesOwnOrder, static (ref f) => f.CrossesOwnOrder = true),
        (RiskVerdict.OrderRateExceeded, static (ref f) => f.OrderBudget = false),
    ];

    public static EntryFacts Good() => new()
    {
        Mode = TradingMode.Trading,
        PairEnabled = true,
        ProductTradable = true,
        ProductAllowed = true,
        Reconciled = true,
        HasPrice = true,
        PriceAgeNs = 1_000_000_000,
        MaxPriceAgeNs = 30_000_000_000,
        EntriesInHour = 2,
        MaxEntriesPerHour = 3,
        LimitPrice = 100m,
        LastPrice = 100m,
        EntryCollarPct = 2m,
        StopPlaceable = true,
        Quantity = 10m,
        MinQuantity = 0.1m,
        Notional = 1_000m,
        MinNotional = 5m,
        OnIncrement = true,
        MaxOrderNotional = 2_000m,
        TotalCapital = 100_000m,
        ExposureAfter = 1_000m,
        MaxPositionSizePct = 5m,
        OpensPosition = true,
        PositionCount = 9,
        MaxPositions = 10,
        GroupExposureAfter = 1_000m,
        MaxCorrelatedExposurePct = 20m,
        TopNExposureAfter = 1_000m,
        MaxTopNConcentrationPct = 30m,
        Available = 100_000m,
        TakerFee = 0.012m,
        MeasuredExposureAfter = 1_000m,
        OrderBudget = true,
    };

    public static RiskVerdict Review(params Change[] changes)
    {
        EntryFacts facts = Good();
        foreach (Change change in changes)
        {
            change(ref facts);
        }

        return RiskGate.ReviewEntry(in facts);
    }

    public static RiskVerdict ReviewAgain(Change change)
    {
        EntryFacts facts = Good();
        change(ref facts);
        return RiskGate.ReviewAgain(in facts);
    }
}
