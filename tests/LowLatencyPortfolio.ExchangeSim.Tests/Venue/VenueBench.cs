namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>A venue with stepped time and one product, and the shortest way to write an order.</summary>
internal sealed class VenueBench
{
    public const string Btc = "BTC-USD";
    private readonly StepVenueClock _clock = new(VenueTime.ToNs(new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc)));
    private long _tradeId;
    private int _clientId;

    public VenueBench(VenueSettings? settings = null, params Product[] more)
    {
        Venue = new Venue(settings ?? Settings(), [BtcUsd, .. more], _clock);
        Venue.OrderChanged += Updates.Add;
    }

    public static Product BtcUsd { get; } = new()
    {
        Id = Btc,
        BaseCurrency = "BTC",
        QuoteCurrency = "USD",
        BaseMinSize = 0.0001m,
        BaseMaxSize = 100m,
        QuoteMaxSize = 1_000_000m,
    };

    public Venue Venue { get; }

    /// <summary>Every order update the venue raised, in order.</summary>
    public List<OrderView> Updates { get; } = [];

    public long NowNs => _clock.NowNs;

    public static VenueSettings Settings(decimal usd = 100_000m, decimal btc = 10m) => new()
    {
        Balances = new Dictionary<string, decimal> { ["USD"] = usd, ["BTC"] = btc },
        MakerFeeRate = 0.004m,
        TakerFeeRate = 0.006m,
    };

    public static VenueFault Always(VenueFaultKind kind, decimal fraction = 1m) => new(kind, Fraction: fraction);

    public void Print(decimal price, decimal size = 1m, string productId = Btc) =>
        Venue.OnPrint(new TradePrint(productId, ++_tradeId, price, size, OrderSide.Buy, NowNs));

    public void Step(double seconds)
    {
        _clock.MoveTo(NowNs + (long)(seconds * VenueTime.SecondNs));
        Venue.Advance();
    }

    public Task StepToAsync(long toNs)
    {
        _clock.MoveTo(toNs);
        Venue.Advance();
        return Task.CompletedTask;
    }

    public CreateResult Send(OrderSide side, OrderTerms terms, string? clientId = null, string productId = Btc) =>
        Venue.Create(New(side, terms, clientId, productId));

    public NewOrder New(OrderSide side, OrderTerms terms, string? clientId = null, string productId = Btc) =>
        new(clientId ?? $"client-{++_clientId}", productId, side, terms);

    /// <summary>Sends an order that must be accepted and gives its id.</summary>
    public string Accept(OrderSide side, OrderTerms terms)
    {
        var result = Send(side, terms);
        Assert.Null(result.Rejection);
        return result.Order!.OrderId;
    }

    public OrderView Order(string orderId) => Venue.FindOrder(orderId)!;

    public AccountView Account(string currency) => Venue.Accounts.Single(account => account.Currency == currency);

    public void AssertBooksBalance() => Assert.Empty(Venue.Ledger().Violations);
}
