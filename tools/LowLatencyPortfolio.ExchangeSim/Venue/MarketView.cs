namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// What the tape says of one product now. The book is made from the last price, one increment to each side.
/// </summary>
public sealed record MarketView(
    string ProductId, decimal? LastPrice, decimal BestBid, decimal BestAsk, decimal BestSize, decimal Volume24h,
    decimal Low24h, decimal High24h, decimal Open24h, long LastTradeId, long LastTradeAtNs);
