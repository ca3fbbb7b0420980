namespace LowLatencyPortfolio.Domain;

/// <summary>Everything the risk gate may look at before one entry goes, gathered by whoever owns each fact.</summary>
/// <remarks>
/// Thread: one owner. Allocation: none. Fields stand in the order in which <see cref="RiskGate"/> looks at them. A
/// default value refuses wherever a missing fact must refuse (<see cref="Reconciled"/>, <see cref="HasPrice"/>, …).
/// </remarks>
public struct EntryFacts
{
    /// <summary>What the engine may do now.</summary>
    public TradingMode Mode;

    /// <summary>The configuration allows entries in the pair.</summary>
    public bool PairEnabled;

    /// <summary>The venue's flags allow the order now.</summary>
    public bool ProductTradable;

    /// <summary>The product is on the engine's list of pairs.</summary>
    public bool ProductAllowed;

    /// <summary>Reconciliation after the last start or reconnect came back clean.</summary>
    public bool Reconciled;

    /// <summary>An order of the pair is in an unknown state.</summary>
    public bool PairHasUnknown;

    /// <summary>The pair is being closed.</summary>
    public bool PairExiting;

    /// <summary>An accepted price is known; false also while a tick is held as absurd or the feed is down.</summary>
    public bool HasPrice;

    /// <summary>Age of the newest accepted price, ns.</summary>
    public long PriceAgeNs;

    /// <summary>Oldest price an entry may rely on, ns.</summary>
    public long MaxPriceAgeNs;

    /// <summary>Our clock and the venue's differ by more than one second.</summary>
    public bool ClockSkew;

    /// <summary>The journal is more than one second behind.</summary>
    public bool JournalLag;

    /// <summary>The last commit of the journal failed.</summary>
    public bool JournalFailed;

    /// <summary>An entry of the same pair, side, quantity and price came within the last five seconds.</summary>
    public bool Duplicate;

    /// <summary>Entries of the pair within the last 3,600 seconds, without this one.</summary>
    public int EntriesInHour;

    /// <summary>Most entries within 3,600 seconds, this one included.</summary>
    public int MaxEntriesPerHour;

    /// <summary>The order's limit, quote per base; of a market order <see cref="RiskGate.CollarCeiling"/>.</summary>
    public decimal LimitPrice;

    /// <summary>The newest accepted price, quote per base.</summary>
    public decimal LastPrice;

    /// <summary>Farthest the limit may be from the last price, percent.</summary>
    public decimal EntryCollarPct;

    /// <summary>
    /// The stop that a fill at the limit needs is at least one increment (<see cref="TrailingStop.IsPlaceable"/>).
    /// </summary>
    public bool StopPlaceable;

    /// <summary>Base to buy, after sizing.</summary>
    public decimal Quantity;

    /// <summary>The product's smallest order, base.</summary>
    public decimal MinQuantity;

    /// <summary>Limit × quantity, quote.</summary>
    public decimal Notional;

    /// <summary>The product's smallest order value, quote.</summary>
    public decimal MinNotional;

    /// <summary>Price and quantity are multiples of the product's increments.</summary>
    public bool OnIncrement;

    /// <summary>Largest notional of one order, quote; null is off.</summary>
    public decimal? MaxOrderNotional;

    /// <summary>Base of the percentage limits that follow, quote.</summary>
    public decimal TotalCapital;

    /// <summary>The pair's exposure with this order added, quote.</summary>
    public decimal ExposureAfter;

    /// <summary>Most that one pair's exposure may be, percent of <see cref="TotalCapital"/>.</summary>
    public decimal MaxPositionSizePct;

    /// <summary>The pair has no exposure yet, so the order opens a position; an add-on opens none.</summary>
    public bool OpensPosition;

    /// <summary>Pairs with exposure before this order, dust not counted.</summary>
    public int PositionCount;

    /// <summary>Most pairs with exposure at once.</summary>
    public int MaxPositions;

    /// <summary>The configured group's exposure with this order added, quote.</summary>
    public decimal GroupExposureAfter;

    /// <summary>Most that one group's exposure may be, percent of <see cref="TotalCapital"/>.</summary>
    public decimal MaxCorrelatedExposurePct;

    /// <summary>The largest N exposures together with this order added, quote.</summary>
    public decimal TopNExposureAfter;

    /// <summary>Most that they may be, percent of <see cref="TotalCapital"/>; null is off.</summary>
    public decimal? MaxTopNConcentrationPct;

    /// <summary>Capital that is neither deployed nor reserved, quote.</summary>
    public decimal Available;

    /// <summary>Fee rate a taker pays, fraction.</summary>
    public decimal TakerFee;

    /// <summary>
    /// The measured group's exposure with this order added, quote; held against <see cref="MaxCorrelatedExposurePct"/>
    /// too. A pair that was measured with no other is a group of its own.
    /// </summary>
    public decimal MeasuredExposureAfter;

    /// <summary>The order would trade against one of our own.</summary>
    public bool CrossesOwnOrder;

    /// <summary>The order-rate budget of entries has room for one more.</summary>
    public bool OrderBudget;
}
