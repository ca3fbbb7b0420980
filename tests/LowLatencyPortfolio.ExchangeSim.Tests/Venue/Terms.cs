namespace LowLatencyPortfolio.ExchangeSim.Tests;

/// <summary>The order configurations, with as few words as possible.</summary>
internal static class Terms
{
    public static OrderTerms Market(decimal size) => new(OrderKind.MarketIoc, "market_market_ioc", BaseSize: size);

    public static OrderTerms MarketQuote(decimal quote) =>
        new(OrderKind.MarketIoc, "market_market_ioc", QuoteSize: quote);

    public static OrderTerms Ioc(decimal size, decimal limit) =>
        new(OrderKind.SorLimitIoc, "sor_limit_ioc", BaseSize: size, LimitPrice: limit);

    public static OrderTerms Fok(decimal size, decimal limit) =>
        new(OrderKind.LimitFok, "limit_limit_fok", BaseSize: size, LimitPrice: limit);

    public static OrderTerms Gtc(decimal size, decimal limit, bool postOnly = false) =>
        new(OrderKind.LimitGtc, "limit_limit_gtc", BaseSize: size, LimitPrice: limit, PostOnly: postOnly);

    public static OrderTerms Gtd(decimal size, decimal limit, long? endNs) =>
        new(OrderKind.LimitGtd, "limit_limit_gtd", BaseSize: size, LimitPrice: limit, EndTimeNs: endNs);

    public static OrderTerms Stop(decimal size, decimal stop, decimal limit,
        StopDirection direction = StopDirection.Down) =>
        new(OrderKind.StopLimitGtc, "stop_limit_stop_limit_gtc", BaseSize: size, LimitPrice: limit, StopPrice: stop,
            StopDirection: direction);

    public static OrderTerms StopGtd(decimal size, decimal stop, decimal limit, long endNs) =>
        new(OrderKind.StopLimitGtd, "stop_limit_stop_limit_gtd", BaseSize: size, LimitPrice: limit, StopPrice: stop,
            EndTimeNs: endNs);

    public static OrderTerms Bracket(decimal size, decimal stop, decimal takeProfit) =>
        new(OrderKind.TriggerBracketGtc, "trigger_bracket_gtc", BaseSize: size, LimitPrice: takeProfit,
            StopPrice: stop);

    public static OrderTerms BracketGtd(decimal size, decimal stop, decimal takeProfit, long endNs) =>
        new(OrderKind.TriggerBracketGtd, "trigger_bracket_gtd", BaseSize: size, LimitPrice: takeProfit, StopPrice: stop,
            EndTimeNs: endNs);

    /// <summary>A TWAP order; bucket size and duration are left to the venue.</summary>
    public static OrderTerms Twap(decimal size, decimal limit, long? startNs, long? endNs, long? buckets) =>
        new(OrderKind.TwapLimitGtd, "twap_limit_gtd", BaseSize: size, LimitPrice: limit, EndTimeNs: endNs)
        {
            Twap = new TwapSchedule(startNs, buckets),
        };

    public static OrderTerms TwapQuote(decimal quote, decimal limit, long startNs, long endNs, long buckets) =>
        Twap(0, limit, startNs, endNs, buckets) with { BaseSize = null, QuoteSize = quote };

    public static OrderTerms Scaled(decimal size, int count, decimal min, decimal max,
        LadderSizes sizes = LadderSizes.Even, LadderPrices prices = LadderPrices.Flat, decimal? diff = null,
        decimal? ratio = null, params OrderTerms[] orders) =>
        new(OrderKind.ScaledLimitGtc, "scaled_limit_gtc", BaseSize: size)
        {
            Ladder = new Ladder(count, min, max, prices, sizes, diff, ratio, orders),
        };

    public static OrderTerms ScaledQuote(decimal quote, int count, decimal min, decimal max) =>
        Scaled(0, count, min, max) with { BaseSize = null, QuoteSize = quote };

    /// <summary>A bracket as it is attached to an entry: without a size.</summary>
    public static OrderTerms Attached(decimal stop, decimal takeProfit) =>
        Bracket(0, stop, takeProfit) with { BaseSize = null };
}
