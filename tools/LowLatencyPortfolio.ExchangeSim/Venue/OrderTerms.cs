namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>What an order asks for: one of the venue's order configurations with its numbers.</summary>
/// <param name="WireKey">The configuration's key as sent, such as <c>limit_limit_gtc</c>.</param>
/// <param name="BaseSize">Total size in base currency, or null when sized in quote.</param>
/// <param name="QuoteSize">Total size in quote currency, or null when sized in base.</param>
/// <param name="LimitPrice">Limit; of a bracket, the take-profit price.</param>
/// <param name="StopPrice">Trigger; of a bracket, the stop leg's trigger.</param>
/// <param name="EndTimeNs">When a GTD order expires, ns since the Unix epoch.</param>
public sealed record OrderTerms(
    OrderKind Kind,
    string WireKey,
    decimal? BaseSize = null,
    decimal? QuoteSize = null,
    decimal? LimitPrice = null,
    decimal? StopPrice = null,
    StopDirection StopDirection = StopDirection.Down,
    bool PostOnly = false,
    long? EndTimeNs = null)
{
    /// <summary>When the slices of a TWAP order trade; null for every other kind.</summary>
    public TwapSchedule? Twap { get; init; }

    /// <summary>How a scaled order is split; null for every other kind.</summary>
    public Ladder? Ladder { get; init; }

    public bool IsMarket => Kind == OrderKind.MarketIoc;

    /// <summary>Never rests: what cannot be filled at once is cancelled.</summary>
    public bool IsImmediate => Kind is OrderKind.MarketIoc or OrderKind.SorLimitIoc or OrderKind.LimitFok;

    public bool IsStop => Kind is OrderKind.StopLimitGtc or OrderKind.StopLimitGtd;

    public bool IsBracket => Kind is OrderKind.TriggerBracketGtc or OrderKind.TriggerBracketGtd;

    public bool IsGoodTillDate =>
        Kind is OrderKind.LimitGtd or OrderKind.StopLimitGtd or OrderKind.TriggerBracketGtd or OrderKind.TwapLimitGtd;

    /// <summary>
    /// The total in base of an order that has a limit, which is what its quote size buys at that limit; null where no
    /// price is given.
    /// </summary>
    internal decimal? LimitBase(Product product) =>
        BaseSize ?? (QuoteSize is { } quote && LimitPrice is { } limit ? Grid.Down(quote / limit, product.BaseIncrement)
            : null);
}
