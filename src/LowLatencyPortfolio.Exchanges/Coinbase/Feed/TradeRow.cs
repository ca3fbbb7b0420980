namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>One trade, or one ticker's price, as a message says it.</summary>
internal struct TradeRow
{
    public int Product;
    public RowFlaw Flaw;

    /// <summary>From a snapshot or a <c>last_match</c>: it may have been told before.</summary>
    public bool IsSnapshot;

    /// <summary>The venue's number of the trade; 0 for a ticker.</summary>
    public long TradeId;

    public long Price;
    public long Quantity;
    public long TimeNs;
}
