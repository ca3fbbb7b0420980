namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One trade of the market; <paramref name="MakerSide"/> Buy means that the taker sold.</summary>
public readonly record struct TradePrint(
    string ProductId, long TradeId, decimal Price, decimal Size, OrderSide MakerSide, long TimeNs);
