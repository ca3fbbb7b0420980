namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>One execution of one of our orders.</summary>
/// <param name="TradeId">A uuid, unlike the market's trade numbers.</param>
/// <param name="VisibleAtNs">
/// From when the fills endpoint shows it; fills appear there a little after the order.
/// </param>
public sealed record FillView(
    string EntryId, string TradeId, string OrderId, string ProductId, OrderSide Side, decimal Price, decimal BaseSize,
    decimal Fee, bool IsMaker, bool SizeInQuote, long TimeNs, long VisibleAtNs)
{
    public decimal Value => Price * BaseSize;
}
