namespace LowLatencyPortfolio.Pipeline.Tests.Reference;

/// <summary>SPEC 4: what concerns other pairs or an earlier stage comes back as one control event a pair.</summary>
internal sealed class ReferenceControls(int pairs, List<TradingEvent> asked)
{
    private static readonly (StageRequest Request, ControlAction Action)[] s_toAll =
    [
        (StageRequest.SuperviseAll, ControlAction.Supervise),
        (StageRequest.CancelAllEntries, ControlAction.BarEntries),
        (StageRequest.SuspendAll, ControlAction.SuspendStopMoves),
        (StageRequest.AllowAll, ControlAction.AllowStopMoves),
    ];

    /// <summary>In the order of the requests' values; what concerns every pair in product order.</summary>
    public void Add(in TradingEvent e)
    {
        StageRequest requests = e.RatchetRequest | e.RiskRequest;
        if (requests.HasFlag(StageRequest.RefuseDecision))
        {
            AddControl(in e, ControlAction.DecisionRefused, e.Product, (ushort)e.Decision, e.DecisionQuantity);
        }

        foreach ((StageRequest request, ControlAction action) in s_toAll)
        {
            for (int product = 0; requests.HasFlag(request) && product < pairs; product++)
            {
                AddControl(in e, action, product, 0, 0);
            }
        }

        if (requests.HasFlag(StageRequest.ReviewEntry))
        {
            AddControl(in e, ControlAction.ReviewEntry, e.ReviewProduct, 0, 0);
        }

        if (requests.HasFlag(StageRequest.Liquidate))
        {
            AddControl(in e, ControlAction.Liquidate, e.LiquidateProduct, (ushort)e.LiquidationReason, 0);
        }
    }

    private void AddControl(in TradingEvent e, ControlAction action, int product, ushort parameter, long quantity) =>
        asked.Add(new TradingEvent
        {
            Kind = EventKind.Control,
            Action = action,
            Count = parameter,
            Product = product,
            ReceivedAtNs = e.NowNs,
            Quantity = quantity,
            MarketEvent = e.MarketEvent,
        });
}
