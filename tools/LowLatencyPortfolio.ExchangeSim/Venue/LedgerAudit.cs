namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Checks the venue's own books from the outside in: money against fills, holds against open orders.</summary>
internal sealed class LedgerAudit(VenueState state)
{
    /// <summary>One line per identity that does not hold.</summary>
    public IReadOnlyList<string> Violations()
    {
        var found = new List<string>();
        foreach (var wallet in state.Wallets.All)
            CheckWallet(wallet, found);
        var fills = state.Fills.ToLookup(fill => fill.OrderId);
        foreach (var order in state.Orders.All)
            CheckOrder(order, [.. fills[order.OrderId]], found);
        return found;
    }

    public IReadOnlyList<PositionView> Positions() =>
        [.. state.Fills.GroupBy(fill => fill.ProductId).OrderBy(g => g.Key, StringComparer.Ordinal).Select(Position)];

    private static PositionView Position(IGrouping<string, FillView> fills)
    {
        var bought = fills.Where(fill => fill.Side == OrderSide.Buy).ToList();
        var sold = fills.Where(fill => fill.Side == OrderSide.Sell).ToList();
        return new PositionView(fills.Key, bought.Sum(f => f.BaseSize) - sold.Sum(f => f.BaseSize),
            bought.Sum(f => f.Value), sold.Sum(f => f.Value), fills.Sum(f => f.Fee), fills.Count());
    }

    private void CheckWallet(Wallet wallet, List<string> found)
    {
        decimal held = state.Orders.All.Where(order => order.HoldCurrency == wallet.Currency).Sum(order => order.Hold);
        if (wallet.Hold != held + wallet.LateHold)
            found.Add($"{wallet.Currency}: hold {wallet.Hold}, orders hold {held}, {wallet.LateHold} is late");
        decimal moved = state.Transfers.Where(t => t.Currency == wallet.Currency).Sum(t => t.Amount)
            + state.Fills.Sum(fill => Effect(fill, wallet.Currency));
        if (wallet.Opening + moved != wallet.Available + wallet.Hold)
            found.Add($"{wallet.Currency}: {wallet.Opening} + {moved} is not {wallet.Available + wallet.Hold}");
        if (wallet.Available < 0 || wallet.Hold < 0 || wallet.LateHold < 0)
            found.Add($"{wallet.Currency}: negative: {wallet.Available} available, {wallet.Hold} hold");
    }

    private static void CheckOrder(VenueOrder order, List<FillView> fills, List<string> found)
    {
        if (fills.Sum(f => f.BaseSize) != order.FilledBase || fills.Sum(f => f.Value) != order.FilledValue
            || fills.Sum(f => f.Fee) != order.TotalFees || fills.Count != order.FillCount)
            found.Add($"order {order.OrderId}: its fills do not add up to its cumulative state");
        if (order.Hold != Settlement.HoldNeeded(order))
            found.Add($"order {order.OrderId}: holds {order.Hold}, needs {Settlement.HoldNeeded(order)}");
        if (order.BaseTotal + order.Surplus < order.FilledBase)
            found.Add($"order {order.OrderId}: filled {order.FilledBase} of {order.BaseTotal}");
    }

    private decimal Effect(FillView fill, string currency)
    {
        var product = state.Products[fill.ProductId];
        decimal sign = fill.Side == OrderSide.Buy ? 1 : -1;
        decimal effect = product.BaseCurrency == currency ? sign * fill.BaseSize : 0;
        return product.QuoteCurrency == currency ? effect - (sign * fill.Value) - fill.Fee : effect;
    }
}
