namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Where a product's state stands in a message; absent parts were not sent.</summary>
internal struct StatusRow
{
    public int Product;
    public JsonPart Status;
    public JsonPart Message;
    public JsonPart BaseIncrement;
    public JsonPart QuoteIncrement;
    public JsonPart MinMarketFunds;
}
