namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Matches open orders with the tape. A marketable order executes whole at the last price, as taker; a resting order
/// fills at its own limit, as maker, when a print reaches it; a stop triggers by the last trade and is then a limit
/// order. Our orders leave no mark on the tape and compete with nobody for a print.
/// </summary>
internal sealed class Matcher(VenueState state, Settlement settlement)
{
    /// <summary>The order's acknowledgement is due: it becomes OPEN and meets the market.</summary>
    public void Arrive(VenueOrder order)
    {
        if (order.IsFinal)
            return;
        order.IsLive = true;
        if (order.Status == OrderStatus.Pending)
            order.Status = OrderStatus.Open;
        state.Publish(order);
        if (order.Terms is { IsGoodTillDate: true, EndTimeNs: { } end })
            state.Schedule.At(Math.Max(end, state.NowNs), () => Expire(order));
        order.Plan.Arrived(order);
        MeetMarket(order);
    }

    /// <summary>
    /// New or edited terms are compared with the last price: a trigger or a marketable limit acts at once.
    /// </summary>
    public void MeetMarket(VenueOrder order)
    {
        if (!order.ExecutionDue && !order.IsIdle && state.LastPrice(order.Product) is { } last)
            Meet(order, last);
    }

    /// <summary>A print of the product: stops trigger, resting orders that it reaches fill, oldest first.</summary>
    public void OnPrint(Product product, in TradePrint print)
    {
        if (!product.Matches)
            return;
        foreach (var order in state.Orders.OpenOf(product.Id))
        {
            if (!order.IsLive || order.IsFinal || order.ExecutionDue || order.IsIdle)
                continue;
            if (IsTriggeredBy(order, print.Price))
                Trigger(order);
            else if (IsResting(order) && Reaches(order, print.Price))
                FillResting(order, print.Size);
        }
    }

    /// <summary>
    /// The fault "fill during cancel": fills this part of what is left although no print asked for it.
    /// </summary>
    public void FillNow(VenueOrder order, decimal fraction)
    {
        if (order.IsFinal || !order.IsLive || order.IsIdle)
            return;
        decimal price = order.Terms.IsMarket ? state.LastPrice(order.Product) ?? 0 : order.LimitInForce;
        bool isMaker = true;
        if (order.Trigger == TriggerStatus.StopPending && !order.Terms.IsBracket)
        {
            order.Trigger = TriggerStatus.StopTriggered;
            order.HidesTrigger = state.Faults.Strike(VenueFaultKind.TriggerUntold, order) is not null;
            price = order.Terms.StopPrice!.Value;
            isMaker = false;
        }

        if (price <= 0)
            return;
        decimal size = Affordable(order, price, Part(order, order.TradableBase(price), fraction));
        if (size > 0)
            settlement.Fill(order, price, size, isMaker);
    }

    public static bool IsMarketable(OrderSide side, decimal limit, decimal last) =>
        side == OrderSide.Buy ? last <= limit : last >= limit;

    public static bool IsThrough(StopDirection direction, decimal stop, decimal last) =>
        direction == StopDirection.Down ? last <= stop : last >= stop;

    private static bool IsTriggeredBy(VenueOrder order, decimal price) =>
        order.Trigger == TriggerStatus.StopPending
        && IsThrough(order.Terms.StopDirection, order.Terms.StopPrice!.Value, price);

    private static bool IsResting(VenueOrder order) =>
        !order.Terms.IsImmediate && (order.Trigger != TriggerStatus.StopPending || order.Terms.IsBracket);

    private bool Reaches(VenueOrder order, decimal price)
    {
        decimal limit = order.LimitInForce;
        if (price == limit)
            return state.Settings.FillOnTouch;
        return order.Side == OrderSide.Buy ? price < limit : price > limit;
    }

    private void Meet(VenueOrder order, decimal last)
    {
        if (IsTriggeredBy(order, last))
        {
            if (state.Current(order).Matches)
                Trigger(order);
            return;
        }

        bool waits = order.Trigger == TriggerStatus.StopPending && !order.Terms.IsBracket;
        if (waits)
            return;
        if (order.Terms.IsImmediate || IsMarketable(order.Side, order.LimitInForce, last))
            ExecuteSoon(order);
    }

    private void Trigger(VenueOrder order)
    {
        order.Trigger = TriggerStatus.StopTriggered;
        if (order.PendingEdit is not null)
            DropEdit(order);
        state.Publish(order);
        ExecuteSoon(order);
    }

    private void DropEdit(VenueOrder order)
    {
        order.PendingEdit = null;
        if (order.Status == OrderStatus.EditQueued)
            order.Status = OrderStatus.Open;
        settlement.AdjustHold(order);
    }

    private void ExecuteSoon(VenueOrder order)
    {
        order.ExecutionDue = true;
        state.After(state.Settings.FillLatencyNs, () => Execute(order));
    }

    private void Execute(VenueOrder order)
    {
        if (order.IsFinal)
            return;
        order.ExecutionDue = false;
        decimal? last = state.LastPrice(order.Product);
        bool takes = last is { } price && state.Current(order).Matches
            && (order.Terms.IsMarket || IsMarketable(order.Side, order.LimitInForce, price));
        if (takes && order.Terms.PostOnly)
        {
            settlement.Finish(order, OrderStatus.Cancelled, "Post only order would have crossed");
            return;
        }

        VenueFault? rests =
            order.Terms.IsImmediate ? state.Faults.Strike(VenueFaultKind.ImmediateRests, order) : null;
        if (takes && rests is not { Fraction: >= 1m })
            Take(order, last!.Value, 1m - (rests?.Fraction ?? 0m));
        if (!order.IsFinal && order.Terms.IsImmediate && rests is null)
            settlement.Finish(order, OrderStatus.Cancelled, "Immediate order could not be filled completely");
    }

    private void Take(VenueOrder order, decimal price, decimal part)
    {
        decimal whole = order.TradableBase(price);
        decimal wanted = part < 1m ? Part(order, whole, part) : whole;
        decimal size = order.Terms.Kind == OrderKind.LimitFok ? wanted : Cut(order, wanted);
        size = Swell(order, price, Affordable(order, price, size));
        if (size > 0)
            settlement.Fill(order, price, size, isMaker: false);
    }

    private void FillResting(VenueOrder order, decimal printSize)
    {
        decimal size = Cut(order, order.TradableBase(order.LimitInForce));
        if (state.Settings.LimitFillsToPrintSize)
            size = Math.Min(size, Grid.Down(printSize, order.Product.BaseIncrement));
        size = Swell(order, order.LimitInForce, size);
        if (size > 0)
            settlement.Fill(order, order.LimitInForce, size, isMaker: true);
    }

    private decimal Cut(VenueOrder order, decimal size) =>
        state.Faults.Strike(VenueFaultKind.PartialFill, order) is { } fault
            ? Part(order, size, fault.Fraction)
            : size;

    private decimal Swell(VenueOrder order, decimal price, decimal size) =>
        size > 0 && order.BaseTotal is not null && size == order.RemainingBase(price)
        && state.Faults.Strike(VenueFaultKind.Overfill, order) is { } fault
            ? settlement.WithSurplus(order, price, size, fault.Fraction)
            : size;

    private static decimal Part(VenueOrder order, decimal size, decimal fraction) =>
        Math.Min(size, Math.Max(order.Product.BaseIncrement, Grid.Down(size * fraction, order.Product.BaseIncrement)));

    /// <summary>A market buy cannot spend more than it locked when the price ran away before its execution.</summary>
    private static decimal Affordable(VenueOrder order, decimal price, decimal size) =>
        order is { Side: OrderSide.Buy, Terms.IsMarket: true }
            ? Math.Min(size, Grid.Down(order.Hold / (price * (1 + order.TakerRate)), order.Product.BaseIncrement))
            : size;

    private void Expire(VenueOrder order)
    {
        if (!order.IsFinal)
            settlement.Finish(order, OrderStatus.Expired);
    }
}
