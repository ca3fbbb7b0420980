namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Moves money: takes holds, books fills, releases what an order no longer needs.</summary>
internal sealed class Settlement(VenueState state)
{
    private const decimal FeeUnit = 0.00000001m;

    /// <summary>
    /// The fee of a fill, cut to 8 decimals. Cutting (not rounding up) keeps the sum of an order's fees within what its
    /// hold set aside, however many parts it fills in.
    /// </summary>
    public static decimal Fee(decimal value, decimal rate) => Grid.Down(value * rate, FeeUnit);

    /// <summary>What an open order must lock for the part that is not filled, in its hold currency.</summary>
    public static decimal HoldNeeded(VenueOrder order)
    {
        // Children hold for their parent; what they hold must not be held twice.
        if (order.IsFinal || order.Children.Count > 0)
            return 0;
        if (order.Side == OrderSide.Sell)
            return Math.Max(order.BaseTotal!.Value, order.PendingEdit?.Size ?? 0) - order.FilledBase;
        if (order.Terms.IsMarket)
        {
            // A market buy sized in base locks a cushion over the last price and gives the rest back at its end.
            return order.BaseTotal is null
                ? Grid.MoneyUp((order.Terms.QuoteSize!.Value - order.FilledValue) * (1 + order.TakerRate))
                : order.Hold;
        }

        decimal now = BuyHold(order, order.BaseTotal!.Value, order.Terms.LimitPrice!.Value);
        return order.PendingEdit is { } edit ? Math.Max(now, BuyHold(order, edit.Size, edit.Price)) : now;
    }

    /// <summary>What a resting buy of this size and price would lock, its filled part left out.</summary>
    public static decimal BuyHold(VenueOrder order, decimal totalBase, decimal price)
    {
        decimal rate = order.Terms.PostOnly ? order.MakerRate : Math.Max(order.MakerRate, order.TakerRate);
        return Grid.MoneyUp(Math.Max(0, totalBase - order.FilledBase) * price * (1 + rate));
    }

    public bool TryLock(VenueOrder order, decimal amount)
    {
        if (!state.Wallets[order.HoldCurrency].TryLock(amount))
            return false;
        order.Hold += amount;
        return true;
    }

    /// <summary>Brings the order's hold to what it needs now; a larger need must have been checked before.</summary>
    public void AdjustHold(VenueOrder order)
    {
        decimal excess = order.Hold - HoldNeeded(order);
        if (excess < 0)
        {
            TryLock(order, -excess);
            return;
        }

        order.Hold -= excess;
        state.Wallets[order.HoldCurrency].Unlock(excess);
    }

    /// <summary>The fault "overfill": makes room for an execution beyond the order's size.</summary>
    /// <returns>What is to be filled; the given size where the account has no more.</returns>
    public decimal WithSurplus(VenueOrder order, decimal price, decimal size, decimal fraction)
    {
        decimal surplus = Grid.Down(size * fraction, order.Product.BaseIncrement);
        decimal rate = Math.Max(order.MakerRate, order.TakerRate);
        decimal needed = order.Side == OrderSide.Sell
            ? surplus
            : Grid.MoneyUp((size + surplus) * price * (1 + rate)) - order.Hold;
        if (needed > 0 && !TryLock(order, needed))
            return size;
        order.Surplus += surplus;
        return size + surplus;
    }

    /// <summary>
    /// Books one execution: money, coins, the order's cumulative state, the fill list; ends the order when complete.
    /// </summary>
    public void Fill(VenueOrder order, decimal price, decimal size, bool isMaker)
    {
        decimal value = price * size;
        decimal fee = Fee(value, isMaker ? order.MakerRate : order.TakerRate);
        var quote = state.Wallets[order.Product.QuoteCurrency];
        var coins = state.Wallets[order.Product.BaseCurrency];
        if (order.Side == OrderSide.Buy)
        {
            quote.PayFromHold(value + fee);
            order.Hold -= value + fee;
            coins.Receive(size);
        }
        else
        {
            coins.PayFromHold(size);
            order.Hold -= size;
            quote.Receive(value - fee);
        }

        order.AddFill(price, size, fee, state.NowNs);
        state.Fills.Add(new FillView(state.Ids.Next(), state.Ids.Next(), order.OrderId, order.Product.Id, order.Side,
            price, size, fee, isMaker, order.SizeInQuote, state.NowNs, state.NowNs + state.Settings.FillListLagNs));
        if (order.RemainingBase(price) <= 0)
        {
            Finish(order, OrderStatus.Filled);
            return;
        }

        AdjustHold(order);
        state.Publish(order);
        order.Plan.Filled(order);
    }

    /// <summary>Ends an order: its hold goes back to the wallet, at once or late.</summary>
    public void Finish(VenueOrder order, OrderStatus status, string cancelMessage = "")
    {
        order.Status = status;
        order.CancelMessage = cancelMessage;
        order.PendingEdit = null;
        order.ExecutionDue = false;
        state.Orders.Close(order);
        Release(order);
        state.Publish(order);
        order.Plan.Ended(order);
    }

    private void Release(VenueOrder order)
    {
        decimal amount = order.Hold;
        order.Hold = 0;
        var wallet = state.Wallets[order.HoldCurrency];
        if (amount > 0 && state.Faults.Strike(VenueFaultKind.LateHoldRelease, order) is { } late)
        {
            wallet.KeepLate(amount);
            state.After(late.DelayNs, () => wallet.UnlockLate(amount));
            return;
        }

        wallet.Unlock(amount);
    }
}
