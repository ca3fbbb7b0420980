namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// A scaled order trades by its children alone: ordinary limit orders with holds and fills of their own, of which it
/// shows the sums. It ends with the last of them, and takes those along that are open when it is cancelled.
/// </summary>
internal sealed class ScaledPlan(VenueState state, Settlement settlement) : IOrderPlan
{
    public void Arrived(VenueOrder order)
    {
    }

    public void Filled(VenueOrder order)
    {
        if (order.Parent is { IsFinal: false } parent)
            state.Publish(parent);
    }

    public void Ended(VenueOrder order)
    {
        if (order.Parent is not { } parent)
            EndChildren(order);
        else if (!parent.IsFinal)
            ChildEnded(parent);
    }

    private void EndChildren(VenueOrder parent)
    {
        foreach (var child in parent.Children.Where(child => !child.IsFinal))
            settlement.Finish(child, parent.Status, parent.CancelMessage);
    }

    private void ChildEnded(VenueOrder parent)
    {
        if (parent.Children.Any(child => !child.IsFinal))
            state.Publish(parent);
        else if (parent.Children.All(child => child.Status == OrderStatus.Filled))
            settlement.Finish(parent, OrderStatus.Filled);
        else
            settlement.Finish(parent, OrderStatus.Cancelled, "Not every order of the ladder was filled");
    }
}
