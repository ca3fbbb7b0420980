namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>How the venue behaves when nothing is wrong. Latencies are in venue time.</summary>
public sealed record VenueSettings
{
    /// <summary>Opening balances by currency; a wallet exists for each and for every currency of a product.</summary>
    public IReadOnlyDictionary<string, decimal> Balances { get; init; } =
        new Dictionary<string, decimal> { ["USD"] = 100_000m };

    public string PricingTier { get; init; } = "Intro 1";

    /// <summary>Fractions: 0.006 is 0.6 %.</summary>
    public decimal MakerFeeRate { get; init; } = 0.006m;

    public decimal TakerFeeRate { get; init; } = 0.012m;

    /// <summary>From acceptance (PENDING) to OPEN.</summary>
    public long AckLatencyNs { get; init; }

    /// <summary>From CANCEL_QUEUED to CANCELLED.</summary>
    public long CancelLatencyNs { get; init; }

    /// <summary>From EDIT_QUEUED to the new terms.</summary>
    public long EditLatencyNs { get; init; }

    /// <summary>From becoming marketable to the execution, at the price of that moment.</summary>
    public long FillLatencyNs { get; init; }

    /// <summary>How much later than the order's own update the fills endpoint shows a fill.</summary>
    public long FillListLagNs { get; init; }

    /// <summary>How long after its acceptance an order is missing from the list and unknown by its id.</summary>
    public long OrderListLagNs { get; init; }

    /// <summary>
    /// How much later than the fills endpoint REST shows what an order traded, in the list and by its id.
    /// </summary>
    public long OrderFillLagNs { get; init; }

    /// <summary>
    /// How long an order that is over stays in the list; by its id it is known for ever. 0: in the list too.
    /// </summary>
    public long EndedOrderListNs { get; init; }

    /// <summary>
    /// A resting order fills when a print touches its limit; false: only when a print goes through it.
    /// </summary>
    public bool FillOnTouch { get; init; } = true;

    /// <summary>A resting order fills at most the print's size per print.</summary>
    public bool LimitFillsToPrintSize { get; init; }

    /// <summary>Accepted edits per order before EXCEEDED_MAX_ALLOWED_EDIT_REQUEST_COUNT.</summary>
    public int MaxEditsPerOrder { get; init; } = 100;

    /// <summary>Seed of ids and of faults that strike by probability.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>The key's rights as <c>key_permissions</c> reports them.</summary>
    public bool CanTrade { get; init; } = true;

    public bool CanTransfer { get; init; }
}
