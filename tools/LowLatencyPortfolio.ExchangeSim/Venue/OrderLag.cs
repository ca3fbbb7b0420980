namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// How REST lags behind what is true of an order: its lists and figures are not written at one moment.
/// </summary>
internal static class OrderLag
{
    /// <summary>Whether the order is old enough to be known.</summary>
    public static bool IsKnown(VenueState state, VenueOrder order) =>
        order.CreatedAtNs <= state.NowNs - state.Settings.OrderListLagNs;

    /// <summary>Whether the list still has it.</summary>
    public static bool IsListed(VenueState state, OrderView order) =>
        state.Settings.EndedOrderListNs == 0 || !order.IsFinal
        || order.UpdatedAtNs >= state.NowNs - state.Settings.EndedOrderListNs;

    /// <summary>The order without what it traded of late.</summary>
    public static OrderView Shown(VenueState state, OrderView order)
    {
        long untilNs = state.NowNs - state.Settings.OrderFillLagNs;
        var late = state.Settings.OrderFillLagNs == 0
            ? []
            : state.Fills.Where(fill => fill.OrderId == order.OrderId && fill.TimeNs > untilNs).ToList();
        if (late.Count == 0)
            return order;
        return order with
        {
            Status = order.Status == OrderStatus.Filled ? OrderStatus.Open : order.Status,
            Leaves = order.Leaves + late.Sum(fill => order.SizeInQuote ? fill.Value : fill.BaseSize),
            FilledBase = order.FilledBase - late.Sum(fill => fill.BaseSize),
            FilledValue = order.FilledValue - late.Sum(fill => fill.Value),
            TotalFees = order.TotalFees - late.Sum(fill => fill.Fee),
            FillCount = order.FillCount - late.Count,
        };
    }
}
