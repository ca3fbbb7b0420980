namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// A TWAP order is one limit order of which a slice more may trade whenever a bucket begins. What a bucket leaves
/// unfilled stays in the book for the next ones, until the order's end.
/// </summary>
internal sealed class TwapPlan(VenueState state, Matcher matcher) : IOrderPlan
{
    public void Arrived(VenueOrder order) => Release(order);

    public void Filled(VenueOrder order)
    {
    }

    public void Ended(VenueOrder order)
    {
    }

    private void Release(VenueOrder order)
    {
        if (order.IsFinal)
            return;
        var schedule = order.Terms.Twap!;
        long startNs = schedule.StartNs!.Value;
        long stepNs = schedule.StepNs(order.Terms.EndTimeNs!.Value);
        long buckets = schedule.Buckets!.Value;
        long begun = state.NowNs < startNs ? 0 : Math.Min(buckets, ((state.NowNs - startNs) / stepNs) + 1);
        decimal total = order.BaseTotal!.Value;
        order.Released = begun == buckets ? total : schedule.Slice(total, order.Product.BaseIncrement) * begun;
        if (begun < buckets)
            state.Schedule.At(startNs + (begun * stepNs), () => Release(order));
        matcher.MeetMarket(order);
    }
}
