namespace LowLatencyPortfolio.ExchangeSim.Wire.Feed;

/// <summary>One price of one side of a book.</summary>
/// <param name="Side">Buy for bids.</param>
/// <param name="Price">The level.</param>
/// <param name="Quantity">All that stands there; 0 for nothing.</param>
internal readonly record struct BookLevel(OrderSide Side, decimal Price, decimal Quantity);
