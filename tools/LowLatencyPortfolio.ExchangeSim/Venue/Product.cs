namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>A spot pair: its grid, its limits and the flags that say what it takes at the moment.</summary>
public sealed record Product
{
    public required string Id { get; init; }
    public required string BaseCurrency { get; init; }
    public required string QuoteCurrency { get; init; }
    public decimal PriceIncrement { get; init; } = 0.01m;
    public decimal BaseIncrement { get; init; } = 0.00000001m;
    public decimal QuoteIncrement { get; init; } = 0.01m;
    public decimal BaseMinSize { get; init; } = 0.00000001m;
    public decimal BaseMaxSize { get; init; } = 1_000_000_000m;
    public decimal QuoteMinSize { get; init; } = 1m;
    public decimal QuoteMaxSize { get; init; } = 150_000_000m;

    /// <summary>The product whose book this one shares (BTC-USDC shares BTC-USD's), or null.</summary>
    public string? AliasOf { get; init; }

    public string Status { get; init; } = "online";
    public bool IsDisabled { get; init; }
    public bool TradingDisabled { get; init; }
    public bool ViewOnly { get; init; }
    public bool CancelOnly { get; init; }
    public bool LimitOnly { get; init; }
    public bool PostOnly { get; init; }
    public bool AuctionMode { get; init; }

    /// <summary>
    /// True when prints trigger stops and fill orders: online and neither halted, cancel-only nor in an auction.
    /// </summary>
    public bool Matches =>
        Status == "online" && !(IsDisabled || TradingDisabled || ViewOnly || CancelOnly || AuctionMode);
}
