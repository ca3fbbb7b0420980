namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Makes orders of requests and of other orders, locks their money, and lets them arrive at the book after the ack
/// latency.
/// </summary>
internal sealed class OrderPlacement
{
    /// <summary>Open orders per product that the venue keeps; one more is accepted and then FAILED.</summary>
    public const int MaxOpenPerProduct = 500;

    /// <summary>
    /// A market buy sized in base locks this part more than the last price asks for, as far as there is money.
    /// </summary>
    private const decimal MarketCushion = 0.05m;

    private readonly VenueState _state;
    private readonly Settlement _settlement;
    private readonly Matcher _matcher;
    private readonly TwapPlan _twap;
    private readonly ScaledPlan _scaled;
    private readonly AttachedPlan _attached;

    public OrderPlacement(VenueState state, Settlement settlement, Matcher matcher)
    {
        _state = state;
        _settlement = settlement;
        _matcher = matcher;
        _twap = new TwapPlan(state, matcher);
        _scaled = new ScaledPlan(state, settlement);
        _attached = new AttachedPlan(this);
    }

    /// <summary>An order, with its children if it has any; nothing is held yet and nobody knows of it.</summary>
    public VenueOrder Build(NewOrder request, bool isForeign, VenueOrder? parent = null)
    {
        var product = _state.Products[request.ProductId];
        var terms = request.Terms;
        var order = new VenueOrder
        {
            OrderId = _state.Ids.Next(),
            ClientOrderId = request.ClientOrderId,
            Product = product,
            Side = request.Side,
            CreatedAtNs = _state.NowNs,
            UpdatedAtNs = _state.NowNs,
            IsForeign = isForeign,
            MakerRate = _state.Settings.MakerFeeRate,
            TakerRate = _state.Settings.TakerFeeRate,
            Terms = terms,
            BaseTotal = terms.LimitBase(product),
            Trigger = terms.IsStop || terms.IsBracket ? TriggerStatus.StopPending : TriggerStatus.NotAStop,
            Parent = parent,
            Attached = request.Attached,
            Plan = terms.Twap is not null ? _twap : terms.Ladder is not null ? _scaled : parent?.Plan ?? _attached,
            Released = terms.Twap is not null || terms.Ladder is not null ? 0 : null,
        };
        if (terms.Ladder is not null)
            AddChildren(order);
        return order;
    }

    /// <summary>Locks what the order and its children need, all or nothing.</summary>
    public bool TryLock(VenueOrder order)
    {
        decimal needed = NeededNow(order);
        if (order.Children.Count > 0)
            return needed <= _state.Wallets[order.HoldCurrency].Available && order.Children.All(TryLock);
        if (!_settlement.TryLock(order, needed))
            return false;
        if (order is { Side: OrderSide.Buy, Terms.IsMarket: true, BaseTotal: not null })
            _settlement.TryLock(
                order, Math.Min(Grid.MoneyUp(needed * MarketCushion), _state.Wallets[order.HoldCurrency].Available));
        return true;
    }

    /// <summary>Accepts an order whose money is locked, and its children after it.</summary>
    public void Place(VenueOrder order)
    {
        int open = _state.Orders.OpenCount(order.Product.Id) + order.Children.Count;
        Place(order, open >= MaxOpenPerProduct ? "TOO_MANY_OPEN_ORDERS"
            : _state.Faults.Strike(VenueFaultKind.AcceptedThenFailed, order) is null ? null
            : "HOLD_FAILURE");
        foreach (var child in order.Children)
            Place(child, failure: null);
    }

    /// <summary>
    /// Places the bracket of an entry that has ended; when the coins are gone by then it is FAILED from the start, for
    /// an open order must hold what it sells.
    /// </summary>
    public void PlaceLeg(VenueOrder entry, OrderTerms terms)
    {
        var leg = Build(
            new NewOrder(_state.Ids.Next(), entry.Product.Id, OrderSide.Sell, terms), entry.IsForeign, entry);
        entry.AttachedOrderId = leg.OrderId;
        if (TryLock(leg))
        {
            Place(leg);
            return;
        }

        _state.Orders.Add(leg);
        Fail(leg, "REJECT_REASON_INSUFFICIENT_FUNDS");
    }

    public decimal NeededNow(VenueOrder order) =>
        order.Children.Count > 0 ? order.Children.Sum(NeededNow)
        : order is { Side: OrderSide.Buy, Terms.IsMarket: true, BaseTotal: { } size }
            ? Grid.MoneyUp(size * PriceNow(order) * (1 + order.TakerRate))
            : Settlement.HoldNeeded(order);

    /// <summary>
    /// At what price the order would fill: a market order at the last price, a limit order at its limit or better.
    /// </summary>
    public decimal PriceNow(VenueOrder order)
    {
        decimal? last = _state.LastPrice(order.Product);
        if (order.Terms.LimitPrice is not { } limit)
            return last!.Value;
        bool takes = !order.Terms.IsStop && !order.Terms.IsBracket && last is { } price
            && Matcher.IsMarketable(order.Side, limit, price);
        return takes ? last!.Value : limit;
    }

    private void AddChildren(VenueOrder order)
    {
        LadderRungs.Of(order.Terms, order.Product, out var rungs);
        order.Children = [.. rungs.Select(rung => Build(
            new NewOrder(_state.Ids.Next(), order.Product.Id, order.Side, rung), order.IsForeign, order))];
        order.BaseTotal = order.Children.Sum(child => child.BaseTotal);
    }

    private void Place(VenueOrder order, string? failure)
    {
        _state.Orders.Add(order);
        _state.Publish(order);
        Action arrive = failure is null ? () => _matcher.Arrive(order) : () => Fail(order, failure);
        _state.After(_state.Settings.AckLatencyNs, arrive);
    }

    private void Fail(VenueOrder order, string reason)
    {
        if (order.IsFinal)
            return;
        order.RejectReason = reason;
        order.RejectMessage = reason;
        _settlement.Finish(order, OrderStatus.Failed);
    }
}
