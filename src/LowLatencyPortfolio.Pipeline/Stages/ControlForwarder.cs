namespace LowLatencyPortfolio.Pipeline;

/// <summary>Turns the stages' requests into control events, one pair each.</summary>
internal sealed class ControlForwarder(ControlOutbox outbox, int pairs)
{
    /// <summary>What concerns every pair goes out in product order.</summary>
    public void Forward(in TradingEvent e, StageRequest requests)
    {
        if ((requests & StageRequest.RefuseDecision) != 0)
        {
            outbox.Add(Control(in e, ControlAction.DecisionRefused, e.Product, (ushort)e.Decision, e.DecisionQuantity));
        }

        ForwardToAll(in e, requests, StageRequest.SuperviseAll, ControlAction.Supervise);
        ForwardToAll(in e, requests, StageRequest.CancelAllEntries, ControlAction.BarEntries);
        ForwardToAll(in e, requests, StageRequest.SuspendAll, ControlAction.SuspendStopMoves);
        ForwardToAll(in e, requests, StageRequest.AllowAll, ControlAction.AllowStopMoves);
        if ((requests & StageRequest.ReviewEntry) != 0)
        {
            outbox.Add(Control(in e, ControlAction.ReviewEntry, e.ReviewProduct));
        }

        if ((requests & StageRequest.Liquidate) != 0)
        {
            outbox.Add(Control(in e, ControlAction.Liquidate, e.LiquidateProduct, (ushort)e.LiquidationReason));
        }
    }

    private void ForwardToAll(in TradingEvent e, StageRequest requests, StageRequest which, ControlAction action)
    {
        if ((requests & which) == 0)
        {
            return;
        }

        for (int product = 0; product < pairs; product++)
        {
            outbox.Add(Control(in e, action, product));
        }
    }

    private static ControlItem Control(
        in TradingEvent e, ControlAction action, int product, ushort parameter = 0, long quantity = 0) => new()
    {
        Action = action,
        Product = product,
        Parameter = parameter,
        Quantity = quantity,
        AtNs = e.NowNs,
        MarketEvent = e.MarketEvent,
    };
}
