namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>Every refusal of a new order, with the venue's code names. Nothing is held, nothing is created.</summary>
public sealed class RejectionTests
{
    private const OrderSide Buy = OrderSide.Buy;
    private const OrderSide Sell = OrderSide.Sell;

    /// <summary>What is sent, with the last trade at 100, and the codes that must come back.</summary>
    private static readonly Dictionary<string, Case> s_cases = new()
    {
        ["unknown product"] =
            new(Buy, Terms.Market(1m), "INVALID_PRODUCT_ID", "PREVIEW_INVALID_PRODUCT_ID", "NOPE-USD"),
        ["fok market"] = new(Buy, new OrderTerms(OrderKind.Unsupported, "market_market_fok", BaseSize: 1m),
            "UNSUPPORTED_ORDER_CONFIGURATION", null),
        ["no configuration"] =
            new(Buy, new OrderTerms(OrderKind.Unsupported, ""), "INVALID_REQUEST", "PREVIEW_INVALID_ORDER_CONFIG"),
        ["no size"] = new(Buy, new OrderTerms(OrderKind.MarketIoc, "market_market_ioc"), "INVALID_REQUEST",
            "PREVIEW_INVALID_ORDER_CONFIG"),
        ["both sizes"] = new(Buy, Terms.Market(1m) with { QuoteSize = 5m }, "INVALID_REQUEST",
            "PREVIEW_INVALID_ORDER_CONFIG"),
        ["market sell in quote"] =
            new(Sell, Terms.MarketQuote(100m), "INVALID_REQUEST", "PREVIEW_INVALID_ORDER_CONFIG"),
        ["price on a market order"] = new(Buy, Terms.Market(1m) with { LimitPrice = 5m },
            "PRICE_NOT_ALLOWED_FOR_MARKET_ORDERS", null),
        ["no limit"] = new(Buy, Terms.Gtc(1m, 1m) with { LimitPrice = null }, "INVALID_LIMIT_PRICE",
            "PREVIEW_INVALID_LIMIT_PRICE"),
        ["limit zero"] = new(Buy, Terms.Gtc(1m, 0m), "INVALID_LIMIT_PRICE", "PREVIEW_INVALID_LIMIT_PRICE"),
        ["price precision"] =
            new(Buy, Terms.Gtc(1m, 90.001m), "INVALID_PRICE_PRECISION", "PREVIEW_INVALID_PRICE_PRECISION"),
        ["stop precision"] = new(Sell, Terms.Stop(1m, 90.001m, 90m), "INVALID_PRICE_PRECISION",
            "PREVIEW_INVALID_STOP_PRICE_PRECISION"),
        ["size precision"] =
            new(Buy, Terms.Gtc(1.000000001m, 90m), "INVALID_SIZE_PRECISION", "PREVIEW_INVALID_SIZE_PRECISION"),
        ["quote precision"] =
            new(Buy, Terms.MarketQuote(10.001m), "INVALID_SIZE_PRECISION", "PREVIEW_INVALID_QUOTE_SIZE_PRECISION"),
        ["base too small"] =
            new(Buy, Terms.Market(0.00009m), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_BASE_SIZE_TOO_SMALL"),
        ["base too large"] =
            new(Sell, Terms.Market(100.1m), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_BASE_SIZE_TOO_LARGE"),
        ["quote too small"] =
            new(Buy, Terms.Gtc(0.001m, 90m), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_QUOTE_SIZE_TOO_SMALL"),
        ["quote too large"] =
            new(Buy, Terms.Gtc(50m, 90_000m), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_QUOTE_SIZE_TOO_LARGE"),
        ["no end"] = new(Buy, Terms.Gtd(1m, 90m, null), "GTD_ORDERS_MUST_HAVE_END_TIME", "PREVIEW_INVALID_END_TIME"),
        ["end in the past"] = new(Buy, Terms.Gtd(1m, 90m, 1), "END_TIME_IS_IN_THE_PAST", "PREVIEW_INVALID_END_TIME"),
        ["stop missing"] = new(Sell, Terms.Stop(1m, 90m, 89m) with { StopPrice = null }, "UNKNOWN_FAILURE_REASON",
            "PREVIEW_INVALID_STOP_PRICE"),
        ["stop zero"] = new(Sell, Terms.Stop(1m, 0m, 89m), "UNKNOWN_FAILURE_REASON", "PREVIEW_INVALID_STOP_PRICE"),
        ["sell stop at the last trade"] = new(Sell, Terms.Stop(1m, 100m, 99m), "UNKNOWN_FAILURE_REASON",
            "PREVIEW_STOP_PRICE_ABOVE_LAST_TRADE_PRICE"),
        ["buy stop at the last trade"] =
            new(Buy, Terms.Stop(1m, 100m, 101m, StopDirection.Up), "UNKNOWN_FAILURE_REASON",
            "PREVIEW_STOP_PRICE_BELOW_LAST_TRADE_PRICE"),
        ["sell limit above its stop"] = new(Sell, Terms.Stop(1m, 90m, 91m), "UNKNOWN_FAILURE_REASON",
            "PREVIEW_STOP_PRICE_BELOW_LIMIT_PRICE"),
        ["buy limit below its stop"] = new(Buy, Terms.Stop(1m, 110m, 109m, StopDirection.Up), "UNKNOWN_FAILURE_REASON",
            "PREVIEW_STOP_PRICE_ABOVE_LIMIT_PRICE"),
        ["post only crossing"] = new(Buy, Terms.Gtc(1m, 100m, postOnly: true), "INVALID_LIMIT_PRICE_POST_ONLY",
            "PREVIEW_INVALID_LIMIT_PRICE_POST_ONLY"),
        ["bracket buy"] = new(Buy, Terms.Bracket(1m, 90m, 110m), "BRACKET_ORDER_NOT_SUPPORTED", "PREVIEW_INVALID_SIDE"),
        ["bracket in quote"] = new(Sell, Terms.Bracket(1m, 90m, 110m) with { BaseSize = null, QuoteSize = 10m },
            "QUOTE_SIZE_NOT_ALLOWED_FOR_BRACKET", null),
        ["bracket upside down"] = new(Sell, Terms.Bracket(1m, 90m, 90m), "INVALID_BRACKET_PRICES",
            "PREVIEW_INVALID_BRACKET_PRICES"),
        ["bracket stop at the last trade"] =
            new(Sell, Terms.Bracket(1m, 100m, 110m), "INVALID_BRACKET_STOP_TRIGGER_PRICE",
            "PREVIEW_INVALID_BRACKET_STOP_TRIGGER_PRICE"),
        ["bracket profit at the last trade"] = new(Sell, Terms.Bracket(1m, 90m, 100m), "INVALID_BRACKET_LIMIT_PRICE",
            "PREVIEW_INVALID_BRACKET_LIMIT_PRICE"),
        ["not enough money"] = new(Buy, Terms.Gtc(10m, 99_999m), "INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND"),
        ["not enough coins"] = new(Sell, Terms.Stop(10.1m, 90m, 89m), "INSUFFICIENT_FUND", "PREVIEW_INSUFFICIENT_FUND"),
    };

    public static TheoryData<string> CaseNames => [.. s_cases.Keys];

    [Theory]
    [MemberData(nameof(CaseNames))]
    public void Order_is_refused_with_the_codes_of_the_venue(string name)
    {
        var (side, terms, error, preview, productId) = s_cases[name];
        var bench = new VenueBench();
        bench.Print(100m);

        var result = bench.Send(side, terms, productId: productId);

        Assert.Equal((error, preview), (result.Rejection?.Error, result.Rejection?.Preview));
        Assert.Empty(bench.Updates);
        Assert.Empty(bench.Venue.Orders);
        Assert.All(bench.Venue.Accounts, account => Assert.Equal(0m, account.Hold));
        Assert.Equal([preview ?? error], bench.Venue.Preview(bench.New(side, terms, productId: productId)).Errors);
    }

    [Fact]
    public void Without_a_trade_nothing_immediate_and_no_stop_is_taken()
    {
        var bench = new VenueBench();

        Assert.Equal("INVALID_NO_LIQUIDITY", bench.Send(Sell, Terms.Market(1m)).Rejection?.Error);
        Assert.Equal("MISSING_MARKET_TRADE_DATA", bench.Send(Sell, Terms.Stop(1m, 90m, 89m)).Rejection?.Error);
        Assert.Equal("MISSING_MARKET_TRADE_DATA", bench.Send(Sell, Terms.Bracket(1m, 90m, 110m)).Rejection?.Error);
        Assert.True(bench.Send(Sell, Terms.Gtc(1m, 90m)).Success);
    }

    [Theory]
    [InlineData("view_only", "UNTRADABLE_PRODUCT", "UNTRADABLE_PRODUCT", "UNTRADABLE_PRODUCT")]
    [InlineData("is_disabled", "TRADING_DISABLED", "TRADING_DISABLED", "TRADING_DISABLED")]
    [InlineData("trading_disabled", "TRADING_DISABLED", "TRADING_DISABLED", "TRADING_DISABLED")]
    [InlineData("offline", "PRODUCT_TRADING_HALTED", "PRODUCT_TRADING_HALTED", "PRODUCT_TRADING_HALTED")]
    [InlineData("cancel_only", "ORDER_ENTRY_DISABLED", "ORDER_ENTRY_DISABLED", "ORDER_ENTRY_DISABLED")]
    [InlineData("auction_mode", "ORDER_ENTRY_DISABLED", null, null)]
    [InlineData("limit_only", "ORDER_ENTRY_DISABLED", null, null)]
    [InlineData("post_only", "ORDER_ENTRY_DISABLED", "ORDER_ENTRY_DISABLED", null)]
    public void Product_state_decides_what_is_taken(string state, string? market, string? limit, string? postOnly)
    {
        var bench = new VenueBench();
        bench.Print(100m);
        bench.Venue.SetProduct(Flagged(state));

        Assert.Equal(market, bench.Send(Sell, Terms.Market(1m)).Rejection?.Error);
        Assert.Equal(limit, bench.Send(Sell, Terms.Gtc(1m, 120m)).Rejection?.Error);
        Assert.Equal(postOnly, bench.Send(Sell, Terms.Gtc(1m, 120m, postOnly: true)).Rejection?.Error);
    }

    [Theory]
    [InlineData("view_only")]
    [InlineData("is_disabled")]
    [InlineData("trading_disabled")]
    [InlineData("offline")]
    [InlineData("cancel_only")]
    [InlineData("auction_mode")]
    public void Halted_product_fills_and_triggers_nothing_but_takes_cancels(string state)
    {
        var bench = new VenueBench();
        bench.Print(100m);
        string stop = bench.Accept(Sell, Terms.Stop(1m, 95m, 90m));
        string limit = bench.Accept(Buy, Terms.Gtc(1m, 95m));
        bench.Venue.SetProduct(Flagged(state));

        bench.Print(94m);
        Assert.Equal(TriggerStatus.StopPending, bench.Order(stop).TriggerStatus);
        Assert.Equal(OrderStatus.Open, bench.Order(limit).Status);
        Assert.Equal("COMMANDER_REJECTED_EDIT_ORDER", bench.Venue.Edit(new EditRequest(stop, 89m, 1m, 94m)).Failure);
        bench.Venue.Cancel([limit]);
        Assert.Equal(OrderStatus.Cancelled, bench.Order(limit).Status);

        bench.Venue.SetProduct(VenueBench.BtcUsd);
        bench.Print(94m);
        Assert.Equal(OrderStatus.Filled, bench.Order(stop).Status);
    }

    [Fact]
    public void Order_beyond_the_open_order_limit_is_accepted_and_then_failed()
    {
        var bench = new VenueBench();
        bench.Print(100m);
        for (int i = 0; i < 500; i++)
            bench.Accept(Sell, Terms.Gtc(0.01m, 200m));

        string id = bench.Accept(Sell, Terms.Gtc(0.01m, 200m));

        Assert.Equal((OrderStatus.Failed, "TOO_MANY_OPEN_ORDERS"),
            (bench.Order(id).Status, bench.Order(id).RejectReason));
        bench.AssertBooksBalance();
    }

    private static Product Flagged(string state) => state switch
    {
        "view_only" => VenueBench.BtcUsd with { ViewOnly = true },
        "is_disabled" => VenueBench.BtcUsd with { IsDisabled = true },
        "trading_disabled" => VenueBench.BtcUsd with { TradingDisabled = true },
        "cancel_only" => VenueBench.BtcUsd with { CancelOnly = true },
        "auction_mode" => VenueBench.BtcUsd with { AuctionMode = true },
        "limit_only" => VenueBench.BtcUsd with { LimitOnly = true },
        "post_only" => VenueBench.BtcUsd with { PostOnly = true },
        _ => VenueBench.BtcUsd with { Status = "offline" },
    };

    private sealed record Case(
        OrderSide Side, OrderTerms Terms, string Error, string? Preview, string ProductId = VenueBench.Btc);
}
