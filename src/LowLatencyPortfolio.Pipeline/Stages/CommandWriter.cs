namespace LowLatencyPortfolio.Pipeline;

/// <summary>Dispatch's words to the gateway.</summary>
internal sealed class CommandWriter(IOrderSink gateway)
{
    /// <summary>The order that the risk gate approved on this event, in place of another when there is one.</summary>
    /// <param name="e">The event.</param>
    /// <param name="replaces">Our number of the stop that it replaces; 0 for none.</param>
    public void Place(in TradingEvent e, long replaces)
    {
        OrderCommand command = new()
        {
            Kind = replaces == 0 ? OrderCommandKind.Place : OrderCommandKind.Replace,
            Side = e.Approved.Side,
            Type = e.Approved.Type,
            Purpose = e.Approved.Purpose,
            Product = e.Product,
            Sequence = e.Approved.Sequence,
            Replaces = replaces,
            Limit = e.Approved.Limit,
            Trigger = e.Approved.Trigger,
            Quantity = e.Approved.Quantity,
            ReleasedAtNs = e.NowNs,
            CausedAtNs = e.ReceivedAtNs,
        };
        gateway.Submit(in command);
    }

    public void Cancel(in TradingEvent e, in OrderEntry order)
    {
        OrderCommand command = new()
        {
            Kind = OrderCommandKind.Cancel,
            Side = order.Side,
            Type = order.Type,
            Purpose = order.Purpose,
            Product = order.Product,
            Sequence = order.Sequence,
            Limit = order.Limit,
            Trigger = order.Trigger,
            Quantity = order.Quantity,
            ReleasedAtNs = e.NowNs,
            CausedAtNs = e.ReceivedAtNs,
        };
        gateway.Submit(in command);
    }
}
