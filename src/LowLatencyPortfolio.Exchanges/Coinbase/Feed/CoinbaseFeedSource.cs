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
    ExchangeMatches = 1,
}
