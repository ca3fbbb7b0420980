namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>
/// Takes new orders: reviews, locks the money, accepts, and lets them arrive at the book after the ack latency.
/// </summary>
internal sealed class OrderDesk(VenueState state, OrderReview review, Settlement settlement, Matcher matcher)
{
    /// <summary>Open orders per product that the venue keeps; one more is accepted and then FAILED.</summary>
    public const int MaxOpenPerProduct = 500;

    /// <summary>
    /// A market buy sized in base locks this part more than the last price asks for, as far as there is money.
    /// </summary>
    private const decimal MarketCushion = 0.05m;

    public CreateResult Create(NewOrder request, bool isForeign)
    {
        if (state.Orders.FindByClientId(request.ClientOrderId) is { } known)
            return Repeat(request, known);
        if (review.Review(request) is { } refusal)
            return new CreateResult(null, refusal);
        if (state.Faults.Strike(VenueFaultKind.CreateRefused, request.ProductId, request.Terms) is { } fault)
            return new CreateResult(null, Struck(fault.Code));
        var order = Build(AsTaken(request), isForeign);
        if (!TryLock(order))
            return new CreateResult(null, NoMoney);
        string? failure = state.Orders.OpenCount(order.Product.Id) >= MaxOpenPerProduct ? "TOO_MANY_OPEN_ORDERS"
            : state.Faults.Strike(VenueFaultKind.AcceptedThenFailed, order) is null ? null
            : "HOLD_FAILURE";
        state.Orders.Add(order);
        state.Publish(order);
        Action arrive = failure is null ? () => matcher.Arrive(order) : () => Fail(order, failure);
        state.After(state.Settings.AckLatencyNs, arrive);
        return new CreateResult(order.View(), null);
    }

    /// <summary>The same checks without consequences; the client order id is not looked at.</summary>
    public Preview Preview(NewOrder request)
    {
        if (review.Review(request) is { } refusal)
            return Refused(refusal);
        var order = Build(request, isForeign: false);
        var terms = order.Terms;
        decimal price = PriceNow(order);
        decimal size = order.RemainingBase(price);
        decimal value = size * price;
        decimal fee = Settlement.Fee(value, terms.PostOnly ? order.MakerRate : order.TakerRate);
        var market = Market(order.Product);
        string? error = NeededNow(order) > state.Wallets[order.HoldCurrency].Available ? NoMoney.Preview
            : state.Faults.Strike(VenueFaultKind.PreviewRefused, order) is { } fault
                ? fault.Code ?? "UNKNOWN_PREVIEW_FAILURE_REASON"
                : null;
        decimal total = order.Side == OrderSide.Buy ? value + fee : value - fee;
        return new Preview(
            error is null ? [] : [error], size, value, total, fee, price, market.BestBid, market.BestAsk);
    }

    private static Rejection NoMoney { get; } =
        new("INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND", "Insufficient balance in source account");

    /// <summary>A code that starts with PREVIEW_ is a preview's; any other is the general one.</summary>
    private static Rejection Struck(string? code) =>
        code is not null && code.StartsWith("PREVIEW_", StringComparison.Ordinal)
            ? new Rejection("UNKNOWN_FAILURE_REASON", code, "")
            : new Rejection(code ?? "UNKNOWN_FAILURE_REASON", null, "");

    private NewOrder AsTaken(NewOrder request) =>
        request.Terms.BaseSize is { } size
        && state.Faults.Strike(VenueFaultKind.TermsChanged, request.ProductId, request.Terms) is { } fault
            ? request with
            {
                Terms = request.Terms with
                {
                    BaseSize = Grid.Down(size * fault.Fraction, state.Products[request.ProductId].BaseIncrement),
                },
            }
            : request;

    private CreateResult Repeat(NewOrder request, VenueOrder known) =>
        state.Faults.Strike(VenueFaultKind.DuplicateIdRefused, request.ProductId, request.Terms) is null
            ? new CreateResult(known.View(), null, Repeated: true)
            : new CreateResult(
                null, new Rejection("DUPLICATE_CLIENT_ORDER_ID", null, "Client order id was used before"));

    private static Preview Refused(Rejection refusal) => new([refusal.Preview ?? refusal.Error], 0, 0, 0, 0, 0, 0, 0);

    private MarketView Market(Product product) =>
        state.Tape.Market(product, product.AliasOf ?? product.Id, state.NowNs);

    private VenueOrder Build(NewOrder request, bool isForeign)
    {
        var product = state.Products[request.ProductId];
        var terms = request.Terms;
        return new VenueOrder
        {
            OrderId = state.Ids.Next(),
            ClientOrderId = request.ClientOrderId,
            Product = product,
            Side = request.Side,
            CreatedAtNs = state.NowNs,
            UpdatedAtNs = state.NowNs,
            IsForeign = isForeign,
            MakerRate = state.Settings.MakerFeeRate,
            TakerRate = state.Settings.TakerFeeRate,
            Terms = terms,
            BaseTotal = terms.BaseSize
                ?? (terms.IsMarket ? null
                    : Grid.Down(terms.QuoteSize!.Value / terms.LimitPrice!.Value, product.BaseIncrement)),
            Trigger = terms.IsStop || terms.IsBracket ? TriggerStatus.StopPending : TriggerStatus.NotAStop,
        };
    }

    private bool TryLock(VenueOrder order)
    {
        decimal needed = NeededNow(order);
        if (!settlement.TryLock(order, needed))
            return false;
        if (order is { Side: OrderSide.Buy, Terms.IsMarket: true, BaseTotal: not null })
            settlement.TryLock(
                order, Math.Min(Grid.MoneyUp(needed * MarketCushion), state.Wallets[order.HoldCurrency].Available));
        return true;
    }

    private decimal NeededNow(VenueOrder order) =>
        order is { Side: OrderSide.Buy, Terms.IsMarket: true, BaseTotal: { } size }
            ? Grid.MoneyUp(size * PriceNow(order) * (1 + order.TakerRate))
            : Settlement.HoldNeeded(order);

    /// <summary>
    /// At what price the order would fill: a market order at the last price, a limit order at its limit or better.
    /// </summary>
    private decimal PriceNow(VenueOrder order)
    {
        decimal? last = state.LastPrice(order.Product);
        if (order.Terms.LimitPrice is not { } limit)
            return last!.Value;
        bool takes = !order.Terms.IsStop && !order.Terms.IsBracket && last is { } price
            && Matcher.IsMarketable(order.Side, limit, price);
        return takes ? last!.Value : limit;
    }

    private void Fail(VenueOrder order, string reason)
    {
        if (order.IsFinal)
            return;
        order.RejectReason = reason;
        order.RejectMessage = reason;
        settlement.Finish(order, OrderStatus.Failed);
    }
}
