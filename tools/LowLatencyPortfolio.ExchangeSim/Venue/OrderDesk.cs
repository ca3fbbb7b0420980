namespace LowLatencyPortfolio.ExchangeSim;

/// <summary>Takes new orders: reviews them, answers a known id, and has accepted ones placed.</summary>
internal sealed class OrderDesk(VenueState state, OrderReview review, OrderPlacement placement)
{
    public CreateResult Create(NewOrder request, bool isForeign)
    {
        if (state.Orders.FindByClientId(request.ClientOrderId) is { } known)
            return Repeat(request, known);
        if (review.Review(request) is { } refusal)
            return new CreateResult(null, refusal);
        if (state.Faults.Strike(VenueFaultKind.CreateRefused, request.ProductId, request.Terms) is { } fault)
            return new CreateResult(null, Struck(fault.Code));
        var order = placement.Build(AsTaken(request), isForeign);
        if (!placement.TryLock(order))
            return new CreateResult(null, NoMoney);
        placement.Place(order);
        return new CreateResult(order.View(), null);
    }

    /// <summary>The same checks without consequences; the client order id is not looked at.</summary>
    public Preview Preview(NewOrder request)
    {
        if (review.Review(request) is { } refusal)
            return Refused(refusal);
        var order = placement.Build(request, isForeign: false);
        var (size, value, fee, price) = Estimate(order);
        var market = Market(order.Product);
        string? error = placement.NeededNow(order) > state.Wallets[order.HoldCurrency].Available ? NoMoney.Preview
            : state.Faults.Strike(VenueFaultKind.PreviewRefused, order) is { } fault
                ? fault.Code ?? "UNKNOWN_PREVIEW_FAILURE_REASON"
                : null;
        decimal total = order.Side == OrderSide.Buy ? value + fee : value - fee;
        return new Preview(
            error is null ? [] : [error], size, value, total, fee, price, market.BestBid, market.BestAsk);
    }

    /// <summary>What it would come to now; a scaled order comes to the sum of its children.</summary>
    private (decimal Size, decimal Value, decimal Fee, decimal Price) Estimate(VenueOrder order)
    {
        if (order.Children.Count == 0)
        {
            decimal price = placement.PriceNow(order);
            decimal size = order.RemainingBase(price);
            decimal value = size * price;
            decimal rate = order.Terms.PostOnly ? order.MakerRate : order.TakerRate;
            return (size, value, Settlement.Fee(value, rate), price);
        }

        var parts = order.Children.Select(Estimate).ToList();
        decimal allSize = parts.Sum(part => part.Size);
        decimal allValue = parts.Sum(part => part.Value);
        return (allSize, allValue, parts.Sum(part => part.Fee), Math.Round(allValue / allSize, 16));
    }

    private static Rejection NoMoney { get; } =
        new("INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND", "Insufficient balance in source account");

    /// <summary>A code that starts with PREVIEW_ is a preview's; any other is the general one.</summary>
    private static Rejection Struck(string? code) =>
        code is not null && code.StartsWith("PREVIEW_", StringComparison.Ordinal)
            ? new Rejection("UNKNOWN_FAILURE_REASON", code, "")
            : new Rejection(code ?? "UNKNOWN_FAILURE_REASON", null, "");

    private NewOrder AsTaken(NewOrder request) =>
        request.Terms is { BaseSize: { } size, Ladder: null }
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
}
