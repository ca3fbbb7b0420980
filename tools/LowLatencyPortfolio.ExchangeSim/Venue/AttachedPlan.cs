namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// An order with a bracket attached leaves it behind at its end, for what it filled. An order without one leaves
/// nothing.
/// </summary>
internal sealed class AttachedPlan(OrderPlacement placement) : IOrderPlan
{
    public void Arrived(VenueOrder order)
    {
    }

    public void Filled(VenueOrder order)
    {
    }

    public void Ended(VenueOrder order)
    {
        if (order.Attached is { } bracket && order.FilledBase > 0)
            placement.PlaceLeg(order, bracket with { BaseSize = order.FilledBase });
    }
}
