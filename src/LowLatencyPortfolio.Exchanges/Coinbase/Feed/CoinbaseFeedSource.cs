namespace LowLatencyPortfolio.Exchanges.Coinbase.Feed;

/// <summary>Which of the venue's public feeds the trades come from.</summary>
public enum CoinbaseFeedSource
{
    /// <summary>
    /// Advanced Trade, channel <c>market_trades</c>: trades in batches of up to 250 ms, one running number for the
    /// whole connection.
    /// </summary>
    AdvancedTrade = 0,

    /// <summary>
    /// Exchange, channel <c>matches</c>: each trade at once, numbered for each product. The fastest public source.
    /// </summary>
    /// <remarks>
    /// Its <c>sequence</c> counts everything in a product's book and so leaves numbers out between trades; trade
    /// numbers do not. A subscription begins with the newest trade only: what a connection missed is counted and does
    /// not come again. Nothing is told of changes of a product. One that the feed does not know costs its own price
    /// only.
    /// </remarks>
    ExchangeMatches = 1,
}
